package dev.drover.mappings.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where it lives at the source, and what binds it to others. Names, each null where unknown.
 *
 * @param affinity rules that keep it together with or apart from other VMs
 * @param liveMigrated whether the source moves it between hosts while it runs (DRS, HA)
 */
public record Placement(
    @Nullable String server,
    @Nullable String datacenter,
    @Nullable String cluster,
    @Nullable String host,
    @Nullable String resourcePool,
    @Nullable String appliance,
    List<AffinityRule> affinity,
    Answer liveMigrated,
    Answer faultTolerant) {
  public Placement {
    affinity = List.copyOf(affinity);
  }

  /** Nothing is known. */
  public static Placement unknown() {
    return new Placement(
        null, null, null, null, null, null, List.of(), Answer.UNKNOWN, Answer.UNKNOWN);
  }

  /** In an appliance of several VMs, and nothing else known. */
  public static Placement inAppliance(String name) {
    return new Placement(
        null, null, null, null, null, name, List.of(), Answer.UNKNOWN, Answer.UNKNOWN);
  }

  /**
   * A rule.
   *
   * @param together false keeps the members apart
   * @param members names of VMs or hosts
   */
  public record AffinityRule(
      String name, boolean together, boolean mandatory, List<String> members) {
    public AffinityRule {
      members = List.copyOf(members);
    }
  }
}
