package dev.drover.mappings.plan;

import dev.drover.mappings.model.VmRef;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A VM in a wave.
 *
 * @param ref which one
 * @param sourceName its name at the source when the plan was made, for people and as a check
 * @param targetName overrides the naming, or null
 * @param disks overrides by disk id
 * @param nics overrides by NIC id
 */
public record VmPlan(
    VmRef ref,
    String sourceName,
    @Nullable String targetName,
    VmSettings settings,
    Map<String, DiskOverride> disks,
    Map<String, NicOverride> nics) {
  public VmPlan {
    disks = Map.copyOf(disks);
    nics = Map.copyOf(nics);
  }

  /** A VM without overrides. */
  public static VmPlan of(VmRef ref, String sourceName) {
    return new VmPlan(ref, sourceName, null, VmSettings.NONE, Map.of(), Map.of());
  }

  /** What is different for one disk. */
  public record DiskOverride(
      boolean skip, VmSettings.@Nullable DiskBus bus, @Nullable String storageClass) {}

  /** What is different for one NIC. */
  public record NicOverride(
      boolean skip, @Nullable String model, NetworkMapping.@Nullable Destination network) {}

  /** The ids of disks that stay behind. */
  public List<String> skippedDisks() {
    return disks.entrySet().stream()
        .filter(e -> e.getValue().skip())
        .map(Map.Entry::getKey)
        .toList();
  }
}
