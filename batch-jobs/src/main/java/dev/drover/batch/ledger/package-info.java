/** What was done to each VM, kept beside Spring Batch's own tables. */
@NullMarked
package dev.drover.batch.ledger;

import org.jspecify.annotations.NullMarked;
