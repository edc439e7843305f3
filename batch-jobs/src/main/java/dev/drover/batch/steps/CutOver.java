package dev.drover.batch.steps;

import dev.drover.mappings.failure.SourceFailed;
import dev.drover.mappings.model.PowerState;
import dev.drover.mappings.plan.Hooks;

/**
 * The moment from which the target is the truth: the source is off, and what was copied is all of
 * it. A source that runs is not stopped by this version; it is refused, since its disks would have
 * changed behind the copy.
 */
final class CutOver implements VmStep {
  @Override
  public String name() {
    return "cut over";
  }

  @Override
  public void run(VmRun vm) {
    Hooks hooks = vm.context().plan().hooks();
    vm.hooks("beforeCutover", hooks.beforeCutover());
    PowerState power = vm.sourceVm().power();
    if (power == PowerState.ON || power == PowerState.SUSPENDED) {
      throw new SourceFailed(
          "VM " + vm.label(),
          "is " + power + " at the source, so that the copy is not of one instant",
          "shut it down at the source and run \"drover resume\"");
    }
    vm.hooks("afterCutover", hooks.afterCutover());
  }
}
