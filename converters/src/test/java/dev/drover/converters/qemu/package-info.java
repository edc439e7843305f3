/** Tests of the qemu-img wrapper, with the real program and with ones that misbehave. */
@NullMarked
package dev.drover.converters.qemu;

import org.jspecify.annotations.NullMarked;
