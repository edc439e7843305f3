/** Tests of the copy engine; qemu-img is the judge wherever it is there. */
@NullMarked
package dev.drover.converters.engine;

import org.jspecify.annotations.NullMarked;
