@NullMarked
package dev.drover.converters.image;

import org.jspecify.annotations.NullMarked;
