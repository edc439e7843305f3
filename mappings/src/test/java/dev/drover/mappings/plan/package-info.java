@NullMarked
package dev.drover.mappings.plan;

import org.jspecify.annotations.NullMarked;
