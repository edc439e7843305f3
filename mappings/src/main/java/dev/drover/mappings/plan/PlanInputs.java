package dev.drover.mappings.plan;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the waves of a plan were made of. Paths are as the user gave them, relative to the working
 * directory.
 *
 * @param inventoryDigest SHA-256 in hexadecimal over the inventory's bytes
 * @param profile null without
 * @param policy null for the default one
 * @param rates folder of evidence with measured rates; null without
 * @param from no wave begins before
 */
public record PlanInputs(
    String inventory,
    String inventoryDigest,
    @Nullable String profile,
    @Nullable String policy,
    @Nullable String rates,
    Instant from) {

  /**
   * The same with the earlier beginning, where that is all that differs and nobody chose another:
   * waves that are made of the same and came out the same were made then.
   */
  public PlanInputs sinceBefore(@Nullable PlanInputs earlier, Instant now) {
    PlanInputs then =
        earlier == null
            ? this
            : new PlanInputs(inventory, inventoryDigest, profile, policy, rates, earlier.from);
    return from.equals(now) && then.equals(earlier) ? then : this;
  }
}
