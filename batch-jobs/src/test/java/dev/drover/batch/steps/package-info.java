/** Words and facts of the steps. */
@NullMarked
package dev.drover.batch.steps;

import org.jspecify.annotations.NullMarked;
