/** The files that disks are written to: a name only when they are whole, failures told as one. */
@NullMarked
package dev.drover.converters.file;

import org.jspecify.annotations.NullMarked;
