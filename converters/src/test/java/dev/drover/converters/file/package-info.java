@NullMarked
package dev.drover.converters.file;

import org.jspecify.annotations.NullMarked;
