package dev.drover.batch.steps;

import dev.drover.mappings.failure.SourceFailed;
import dev.drover.mappings.model.PowerState;

/**
 * A source that runs is not stopped by this version; it is refused, since its disks would change
 * behind the copy.
 */
final class SourceOff {
  private SourceOff() {}

  static void check(VmRun vm) {
    PowerState power = vm.sourceVm().power();
    if (power == PowerState.ON || power == PowerState.SUSPENDED) {
      throw new SourceFailed(
          vm.subject(),
          "is " + power + " at the source, so that a copy is not of one instant",
          "shut it down at the source and run \"drover resume\"");
    }
  }
}
