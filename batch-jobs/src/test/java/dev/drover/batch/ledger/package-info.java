/** The ledger on H2. */
@NullMarked
package dev.drover.batch.ledger;

import org.jspecify.annotations.NullMarked;
