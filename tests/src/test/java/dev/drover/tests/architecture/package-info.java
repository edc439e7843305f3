/** The rules that keep the rooms apart. */
@NullMarked
package dev.drover.tests.architecture;

import org.jspecify.annotations.NullMarked;
