/**
 * Reads and writes a disk that a server gives out by NBD, as its protocol document (proto.md) has
 * it.
 */
@NullMarked
package dev.drover.converters.nbd;

import org.jspecify.annotations.NullMarked;
