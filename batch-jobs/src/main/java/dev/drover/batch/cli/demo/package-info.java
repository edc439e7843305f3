/** The sample that "drover demo" moves. */
@NullMarked
package dev.drover.batch.cli.demo;

import org.jspecify.annotations.NullMarked;
