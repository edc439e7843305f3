package dev.drover.batch.cli;

import dev.drover.mappings.plan.PlanInputs;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the user says of a plan.
 *
 * @param from no wave begins before
 * @param output a file, or {@code -}
 */
record PlanOptions(
    Path inventory,
    @Nullable String profile,
    @Nullable String policy,
    @Nullable String rates,
    Instant from,
    String output,
    String name,
    boolean force) {
  boolean isPrinted() {
    return output.equals(PlanCommand.STDOUT);
  }

  /** Whether nothing is said that waves are made of. */
  boolean isBare() {
    return profile == null && policy == null && rates == null;
  }

  Path file() {
    return Path.of(output);
  }

  /**
   * For the plan.
   *
   * @param earlier what an earlier plan was made of; it fills in what the user does not say
   */
  PlanInputs inputs(String digest, @Nullable PlanInputs earlier) {
    return new PlanInputs(
        inventory.toString(),
        digest,
        profile == null && earlier != null ? earlier.profile() : profile,
        policy == null && earlier != null ? earlier.policy() : policy,
        rates == null && earlier != null ? earlier.rates() : rates,
        from);
  }
}
