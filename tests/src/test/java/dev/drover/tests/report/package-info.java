/** The report, read by a browser, an accessibility checker and a spreadsheet of other makers. */
@NullMarked
package dev.drover.tests.report;

import org.jspecify.annotations.NullMarked;
