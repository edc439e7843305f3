package dev.drover.mappings.waves;

import dev.drover.mappings.estimate.Rates;
import dev.drover.mappings.model.VmRef;
import dev.drover.mappings.policy.MigrationPolicy;
import dev.drover.mappings.profile.TargetProfile;
import dev.drover.mappings.waves.WavePlan.Slot;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What waves are planned with, beside the VMs.
 *
 * @param rates assumed or measured
 * @param from no wave begins before
 * @param links the policy's file of dependencies, read
 * @param earlier the waves of an earlier plan, in their order; empty for a first plan
 */
public record Planning(
    MigrationPolicy policy,
    TargetProfile profile,
    Rates rates,
    Instant from,
    List<DependencyLink> links,
    List<Earlier> earlier) {
  public Planning {
    links = List.copyOf(links);
    earlier = List.copyOf(earlier);
  }

  /** A first plan with the policy's rates. */
  public static Planning of(MigrationPolicy policy, TargetProfile profile, Instant from) {
    return new Planning(policy, profile, Rates.of(policy.rates()), from, List.of(), List.of());
  }

  /**
   * A wave of an earlier plan.
   *
   * @param slot null without a window
   * @param ran whether it has run, or its window has begun: it takes no VM any more, and keeps what
   *     it has
   * @param vms in it, with their names
   * @param moved of these, the VMs that are known to be moved; they stay whatever changed
   */
  public record Earlier(
      String name, @Nullable Slot slot, boolean ran, Map<VmRef, String> vms, Set<VmRef> moved) {
    public Earlier {
      vms = Map.copyOf(vms);
      moved = Set.copyOf(moved);
    }
  }
}
