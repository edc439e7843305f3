package dev.drover.batch.steps;

import java.util.Map;

/** Writes the evidence, then runs the last hooks, which may send it somewhere. */
final class Finalise implements VmStep {
  @Override
  public String name() {
    return "finalise";
  }

  @Override
  public void run(VmRun vm) {
    vm.context().evidence().write(vm.context(), vm.plan(), vm.sourceVm(), vm.targetVm());
    vm.afterVm("done", Map.of());
  }
}
