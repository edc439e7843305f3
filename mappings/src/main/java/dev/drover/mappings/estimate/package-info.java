/** How long copies and cutovers take, as ranges with their assumptions. */
@NullMarked
package dev.drover.mappings.estimate;

import org.jspecify.annotations.NullMarked;
