package dev.drover.batch.steps;

/** Runs the last hooks and writes the evidence. */
final class Finalise implements VmStep {
  @Override
  public String name() {
    return "finalise";
  }

  @Override
  public void run(VmRun vm) {
    vm.hooks("afterVm", vm.context().plan().hooks().afterVm());
    vm.context().evidence().write(vm.context(), vm.plan(), vm.sourceVm(), vm.targetVm());
  }
}
