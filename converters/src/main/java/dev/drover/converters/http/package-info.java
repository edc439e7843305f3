/** Reads a raw disk that a web server gives out in ranges. */
@NullMarked
package dev.drover.converters.http;

import org.jspecify.annotations.NullMarked;
