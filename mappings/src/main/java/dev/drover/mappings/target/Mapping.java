package dev.drover.mappings.target;

import dev.drover.mappings.model.Answer;
import dev.drover.mappings.model.Finding;
import dev.drover.mappings.model.SourceVm;
import dev.drover.mappings.plan.MigrationPlan;
import dev.drover.mappings.plan.VmPlan;
import dev.drover.mappings.plan.VmSettings;
import java.util.ArrayList;
import java.util.List;

/**
 * One VM under way: what is asked, and the findings so far. For one thread.
 *
 * @param settings the VM's own over the plan's defaults
 */
record Mapping(
    SourceVm vm,
    VmPlan vmPlan,
    MigrationPlan plan,
    VmSettings settings,
    GuestOs os,
    List<Finding> findings) {
  static Mapping of(SourceVm vm, VmPlan vmPlan, MigrationPlan plan) {
    return new Mapping(
        vm,
        vmPlan,
        plan,
        PlanSettings.merge(vmPlan.settings(), plan.defaults()),
        GuestOsTable.of(vm.guest()),
        new ArrayList<>());
  }

  void add(Finding finding) {
    findings.add(finding);
  }

  void blocker(String code, String what, String remedy, String evidence) {
    add(new Finding(code, Finding.Severity.BLOCKER, what, remedy, evidence));
  }

  void warning(String code, String what, String remedy, String evidence) {
    add(new Finding(code, Finding.Severity.WARNING, what, remedy, evidence));
  }

  void info(String code, String what, String remedy, String evidence) {
    add(new Finding(code, Finding.Severity.INFO, what, remedy, evidence));
  }

  /** Whether the guest boots from virtio: drivers are put in, or somebody saw them there. */
  boolean virtioSure() {
    return settings.guestConversion() == VmSettings.GuestConversion.auto
        || vm.guest().virtioDrivers().isYes()
        || (os.virtio() == GuestOs.Virtio.BOOT && vm.guest().virtioDrivers() != Answer.NO);
  }

  /** Whether the kernel has virtio, even if its initramfs may not. */
  boolean virtioInKernel() {
    return virtioSure()
        || (os.virtio() == GuestOs.Virtio.LATE && vm.guest().virtioDrivers() != Answer.NO);
  }
}
