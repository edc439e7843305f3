package dev.drover.mappings.plan;

import dev.drover.mappings.model.VmRef;
import java.util.Map;

/**
 * What stays of an earlier plan below its waves.
 *
 * @param vms settings of VMs, wherever they move
 * @param limits of waves
 * @param blocks the text of VMs, for those that stay in their wave
 */
public record PlanKept(
    Map<VmRef, VmPlan> vms, Map<String, Wave.Limits> limits, Map<VmRef, VmBlock> blocks) {
  /** Of no plan. */
  public static final PlanKept NONE = new PlanKept(Map.of(), Map.of(), Map.of());

  public PlanKept {
    vms = Map.copyOf(vms);
    limits = Map.copyOf(limits);
    blocks = Map.copyOf(blocks);
  }
}
