@NullMarked
package dev.drover.importers.rvtools;

import org.jspecify.annotations.NullMarked;
