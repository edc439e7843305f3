@NullMarked
package dev.drover.batch.cli.terminal;

import org.jspecify.annotations.NullMarked;
