/** What will break, what each VM needs and what becomes of it. */
@NullMarked
package dev.drover.mappings.assess;

import org.jspecify.annotations.NullMarked;
