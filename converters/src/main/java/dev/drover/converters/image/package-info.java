/** Reads a disk out of its image at any place, whatever format holds it. */
@NullMarked
package dev.drover.converters.image;

import org.jspecify.annotations.NullMarked;
