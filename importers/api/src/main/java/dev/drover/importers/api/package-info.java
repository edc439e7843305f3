/** The port that every source implements. */
@NullMarked
package dev.drover.importers.api;

import org.jspecify.annotations.NullMarked;
