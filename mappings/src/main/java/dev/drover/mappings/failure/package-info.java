/** Failures that name their subject, say whether a retry helps, and carry the remedy. */
@NullMarked
package dev.drover.mappings.failure;

import org.jspecify.annotations.NullMarked;
