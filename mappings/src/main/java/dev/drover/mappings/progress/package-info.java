/** The tree of progress that long work reports to. */
@NullMarked
package dev.drover.mappings.progress;

import org.jspecify.annotations.NullMarked;
