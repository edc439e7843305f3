package dev.drover.batch.ledger;

import dev.drover.converters.Engine;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One use of {@code drover run}, with all its continuations.
 *
 * @param planFile as it was given
 * @param folder the working directory, which the plan's relative paths count from
 * @param waves names, in order
 * @param vms the user's choice as it was given; empty is all
 * @param engine who reads images in it
 * @param state RUNNING, DONE, FAILED or INTERRUPTED
 */
public record RunRecord(
    String id,
    String planKey,
    String planDigest,
    String planFile,
    String folder,
    List<String> waves,
    List<String> vms,
    Engine engine,
    String state,
    Instant started,
    @Nullable Instant ended) {
  /** The same, with another engine. */
  public RunRecord by(Engine other) {
    return new RunRecord(
        id, planKey, planDigest, planFile, folder, waves, vms, other, state, started, ended);
  }
}
