@NullMarked
package dev.drover.batch.cli;

import org.jspecify.annotations.NullMarked;
