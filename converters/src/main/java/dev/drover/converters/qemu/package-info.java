/** Runs qemu-img: confined, watched, with explicit drivers and nothing left to its probing. */
@NullMarked
package dev.drover.converters.qemu;

import org.jspecify.annotations.NullMarked;
