@NullMarked
package dev.drover.converters.nbd;

import org.jspecify.annotations.NullMarked;
