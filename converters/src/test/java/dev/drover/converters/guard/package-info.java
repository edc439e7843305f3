/** Tests of the header guard, with images that are made hostile byte by byte. */
@NullMarked
package dev.drover.converters.guard;

import org.jspecify.annotations.NullMarked;
