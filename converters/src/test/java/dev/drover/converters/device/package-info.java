@NullMarked
package dev.drover.converters.device;

import org.jspecify.annotations.NullMarked;
