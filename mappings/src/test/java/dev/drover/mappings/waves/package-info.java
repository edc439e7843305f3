@NullMarked
package dev.drover.mappings.waves;

import org.jspecify.annotations.NullMarked;
