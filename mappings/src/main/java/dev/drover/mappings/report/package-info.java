/** All that a report tells, still free of any form. */
@NullMarked
package dev.drover.mappings.report;

import org.jspecify.annotations.NullMarked;
