@NullMarked
package dev.drover.mappings.inventory;

import org.jspecify.annotations.NullMarked;
