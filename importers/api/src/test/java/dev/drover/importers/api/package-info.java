/** The contract that every source passes. */
@NullMarked
package dev.drover.importers.api;

import org.jspecify.annotations.NullMarked;
