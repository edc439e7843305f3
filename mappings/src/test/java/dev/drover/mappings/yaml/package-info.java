@NullMarked
package dev.drover.mappings.yaml;

import org.jspecify.annotations.NullMarked;
