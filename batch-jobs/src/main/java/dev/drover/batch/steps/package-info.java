/** The steps of a VM, one verb a class. */
@NullMarked
package dev.drover.batch.steps;

import org.jspecify.annotations.NullMarked;
