@NullMarked
package dev.drover.mappings.policy;

import org.jspecify.annotations.NullMarked;
