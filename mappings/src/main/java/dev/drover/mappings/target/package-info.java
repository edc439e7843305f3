/** What will be created at the target, still free of any client library's types. */
@NullMarked
package dev.drover.mappings.target;

import org.jspecify.annotations.NullMarked;
