/** Tests of the facade with the real qemu-img. */
@NullMarked
package dev.drover.converters;

import org.jspecify.annotations.NullMarked;
