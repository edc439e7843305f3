package dev.drover.batch.ledger;

import dev.drover.mappings.model.VmRef;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A VM in the ledger.
 *
 * @param runId the run that worked on it last
 * @param name at the source
 * @param target namespace and name, or empty before it is mapped
 * @param step the step it is in or failed in
 * @param problem what went wrong, null where nothing did
 * @param remedy null where nothing went wrong
 */
public record VmRecord(
    VmRef ref,
    String runId,
    String wave,
    String name,
    String target,
    VmState state,
    @Nullable String step,
    @Nullable String problem,
    @Nullable String remedy,
    Instant updated) {}
