/** The stored bytes of an image: joined, digested and unpacked on the way, read once. */
@NullMarked
package dev.drover.converters.archive;

import org.jspecify.annotations.NullMarked;
