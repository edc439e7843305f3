package dev.drover.batch.steps;

/** Starts the VM where the plan wants it running. */
final class StartVm implements VmStep {
  @Override
  public String name() {
    return "start";
  }

  @Override
  public void run(VmRun vm) {
    vm.context().peers().target().start(vm.targetVm());
  }
}
