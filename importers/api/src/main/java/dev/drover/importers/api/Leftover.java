package dev.drover.importers.api;

import dev.drover.mappings.model.VmRef;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that a run of Drover made at a source and that is still there: a snapshot of a run that
 * was killed, or of one that is under way.
 *
 * @param vm where it is
 * @param vmName for people
 * @param what for people: {@code snapshot drover-RUNID}
 * @param id of the thing at the source
 * @param runId the run that made it, as its name says
 * @param since when it was made, or null where the source does not tell
 */
public record Leftover(
    VmRef vm, String vmName, String what, String id, String runId, @Nullable Instant since) {}
