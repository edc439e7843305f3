/** A disk to read: where its bytes are, and the port that gives them block by block. */
@NullMarked
package dev.drover.mappings.disk;

import org.jspecify.annotations.NullMarked;
