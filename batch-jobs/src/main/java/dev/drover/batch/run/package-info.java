/** A wave is a job, a VM a partition of it, and a VM's steps run one after the other. */
@NullMarked
package dev.drover.batch.run;

import org.jspecify.annotations.NullMarked;
