/** What the reports promise. */
@NullMarked
package dev.drover.batch.report;

import org.jspecify.annotations.NullMarked;
