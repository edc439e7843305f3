package dev.drover.mappings.estimate;

import dev.drover.mappings.policy.WavesPolicy.Caps;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** How long all moving VMs take, one wave after the other without a pause. */
public final class EstimateEstate {
  private EstimateEstate() {}

  /** Estimates; no VM takes no time. */
  public static EstateEstimate of(List<Copied> vms, Rates rates, Caps caps) {
    List<String> told = new ArrayList<>(rates.assumptions());
    told.add(
        caps.copies()
            + " copies at once"
            + (caps.copiesPerHost() == null ? "" : ", " + caps.copiesPerHost() + " a source host")
            + (caps.copiesPerDatastore() == null
                ? ""
                : ", " + caps.copiesPerDatastore() + " a source datastore"));
    told.add(
        "checks take "
            + rates.checks().toMinutes()
            + " min a VM and are done by "
            + rates.engineers()
            + (rates.engineers() == 1 ? " engineer" : " engineers"));
    if (vms.isEmpty()) {
      return new EstateEstimate(TimeRange.ZERO, TimeRange.ZERO, told);
    }
    Duration fast = SimulateWave.fast(vms, rates, caps).copies();
    Duration slow = SimulateWave.slow(vms, rates, caps).copies();
    long rounds = (vms.size() + rates.engineers() - 1L) / rates.engineers();
    Duration checks = rates.checks().multipliedBy(rounds);
    return new EstateEstimate(
        new TimeRange(fast, max(fast, slow)), new TimeRange(checks, checks), told);
  }

  private static Duration max(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? b : a;
  }
}
