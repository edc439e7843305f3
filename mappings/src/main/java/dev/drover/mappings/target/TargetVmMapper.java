package dev.drover.mappings.target;

import dev.drover.mappings.model.SourceVm;
import dev.drover.mappings.plan.MigrationPlan;
import dev.drover.mappings.plan.VmPlan;

/** Makes of a VM at the source, and of what the plan says of it, the VM at the target. */
public final class TargetVmMapper {
  private TargetVmMapper() {}

  /** Pure; what cannot be mapped is a finding. */
  public static MappedVm map(SourceVm vm, VmPlan vmPlan, MigrationPlan plan) {
    throw new UnsupportedOperationException(vm + " " + vmPlan + " " + plan);
  }
}
