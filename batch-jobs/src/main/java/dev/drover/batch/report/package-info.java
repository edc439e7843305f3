/** The report of an assessment: a page, a workbook, a JSON document. */
@NullMarked
package dev.drover.batch.report;

import org.jspecify.annotations.NullMarked;
