package dev.drover.batch.cli;

import dev.drover.batch.evidence.EvidenceRates;
import dev.drover.mappings.estimate.Rates;
import dev.drover.mappings.profile.ProfileReader;
import dev.drover.mappings.profile.TargetProfile;
import dev.drover.mappings.waves.Planning;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an estate is judged and planned by, beside its inventory. */
record PlanningFiles(PolicyFile policy, TargetProfile profile, Rates rates) {
  /**
   * Reads them. Each file may be null: then the default policy holds, of the target nothing is
   * known, and speeds are those that the policy assumes.
   *
   * @param now a window of the policy that is over by then is a mistake
   */
  static PlanningFiles read(
      @Nullable Path policy, @Nullable Path profile, @Nullable Path rates, Instant now) {
    PolicyFile wanted = PolicyFile.read(policy, now);
    return new PlanningFiles(
        wanted,
        profile == null ? TargetProfile.UNKNOWN : ProfileReader.read(profile),
        rates == null
            ? Rates.of(wanted.policy().rates())
            : EvidenceRates.read(rates).over(wanted.policy().rates()));
  }

  /**
   * What waves are planned by.
   *
   * @param from no wave begins before
   * @param earlier the waves of an earlier plan, if any
   */
  Planning planning(Instant from, List<Planning.Earlier> earlier) {
    return new Planning(policy.policy(), profile, rates, from, policy.links(), earlier);
  }
}
