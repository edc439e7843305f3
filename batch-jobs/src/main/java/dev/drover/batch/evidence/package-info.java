/** The record that proves what was moved. */
@NullMarked
package dev.drover.batch.evidence;

import org.jspecify.annotations.NullMarked;
