/** Drover's own readers, writers and digests: one pass, flat memory, holes kept. */
@NullMarked
package dev.drover.converters.engine;

import org.jspecify.annotations.NullMarked;
