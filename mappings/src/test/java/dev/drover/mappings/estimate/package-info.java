@NullMarked
package dev.drover.mappings.estimate;

import org.jspecify.annotations.NullMarked;
