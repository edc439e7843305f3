/** Moves the bytes of disks: the ports that the other modules use. */
@NullMarked
package dev.drover.converters;

import org.jspecify.annotations.NullMarked;
