/** Runs tried on stand-ins for source, copier and target that keep all they have in files. */
@NullMarked
package dev.drover.batch.run;

import org.jspecify.annotations.NullMarked;
