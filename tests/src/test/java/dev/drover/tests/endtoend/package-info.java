/** The command line against real files and peers. */
@NullMarked
package dev.drover.tests.endtoend;

import org.jspecify.annotations.NullMarked;
