package dev.drover.batch.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One try at one step of a VM.
 *
 * @param ended null where the process was killed in it
 * @param outcome {@code done}, {@code interrupted}, {@code failed: …}, {@code running}; {@code
 *     killed} where the process came to no end
 */
public record StepRecord(
    String runId,
    String step,
    int attempt,
    Instant started,
    @Nullable Instant ended,
    String outcome) {}
