/** What the command line needs of a terminal: width, colour, tables, bars, and harmless text. */
@NullMarked
package dev.drover.batch.cli.terminal;

import org.jspecify.annotations.NullMarked;
