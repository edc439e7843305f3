@NullMarked
package dev.drover.mappings.sizing;

import org.jspecify.annotations.NullMarked;
