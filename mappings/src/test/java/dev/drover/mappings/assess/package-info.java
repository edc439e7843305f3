@NullMarked
package dev.drover.mappings.assess;

import org.jspecify.annotations.NullMarked;
