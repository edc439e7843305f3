package dev.drover.batch.steps;

import dev.drover.mappings.model.Finding;
import dev.drover.mappings.plan.MigrationPlan;
import dev.drover.mappings.plan.VmPlan;
import dev.drover.mappings.plan.VmSettings;
import java.util.List;

/**
 * Puts drivers into the guest where the plan asks for it. This version cannot; {@link PrepareVm}
 * says so before a byte is copied, so that nothing is left to do here.
 */
public final class ConvertGuest implements VmStep {
  @Override
  public String name() {
    return "convert";
  }

  @Override
  public void run(VmRun vm) {
    List<Finding> findings = findings(vm.plan(), vm.context().plan());
    if (!findings.isEmpty()) {
      throw new VmBlocked("VM " + vm.label(), findings);
    }
  }

  /** A blocker where the plan asks for a conversion; an override wins over the default. */
  public static List<Finding> findings(VmPlan vm, MigrationPlan plan) {
    VmSettings.GuestConversion own = vm.settings().guestConversion();
    VmSettings.GuestConversion general = plan.defaults().guestConversion();
    if ((own == null ? general : own) != VmSettings.GuestConversion.auto) {
      return List.of();
    }
    return List.of(
        Finding.blocker(
            "GC-001",
            "the plan asks for guest conversion, which this version of Drover cannot do",
            "set guestConversion to \"none\": the VM then gets buses that its guest has drivers for"));
  }
}
