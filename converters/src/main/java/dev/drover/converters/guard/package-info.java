/**
 * Looks at image headers before any other program does, and refuses what no honest writer makes.
 */
@NullMarked
package dev.drover.converters.guard;

import org.jspecify.annotations.NullMarked;
