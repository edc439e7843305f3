/** The inventory file: a versioned JSON document, read and written as a stream. */
@NullMarked
package dev.drover.mappings.inventory;

import org.jspecify.annotations.NullMarked;
