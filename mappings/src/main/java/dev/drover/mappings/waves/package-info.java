/** Which VM moves when. */
@NullMarked
package dev.drover.mappings.waves;

import org.jspecify.annotations.NullMarked;
