@NullMarked
package dev.drover.mappings.profile;

import org.jspecify.annotations.NullMarked;
