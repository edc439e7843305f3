@NullMarked
package dev.drover.converters.http;

import org.jspecify.annotations.NullMarked;
