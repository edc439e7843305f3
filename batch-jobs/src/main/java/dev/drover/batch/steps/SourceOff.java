package dev.drover.batch.steps;

import dev.drover.mappings.failure.SourceFailed;
import dev.drover.mappings.model.PowerState;

/** Sees that a VM is off at its source, where its disks would change behind the copy otherwise. */
final class SourceOff {
  private SourceOff() {}

  /** Asks the source itself where that can tell; a rehearsal's VM may run. */
  static void check(VmRun vm) {
    if (vm.rehearsal()) {
      return;
    }
    PowerState power = now(vm);
    if (power == PowerState.ON) {
      throw new SourceFailed(
          vm.subject(),
          "is running at the source, so that a copy is not of one instant",
          "let the plan stop it (source: {whenRunning: shutDown}, at the VM or under defaults), or"
              + " shut it down at the source; then run \"drover resume\"");
    }
    if (power == PowerState.SUSPENDED) {
      throw new SourceFailed(
          vm.subject(),
          "is suspended at the source: part of what it wrote is in its memory still",
          "resume it and shut it down at the source, then run \"drover resume\"");
    }
  }

  static PowerState now(VmRun vm) {
    return vm.source()
        .power()
        .map(power -> power.state(vm.plan().ref()))
        .orElseGet(() -> vm.snapshot().vm().power());
  }
}
