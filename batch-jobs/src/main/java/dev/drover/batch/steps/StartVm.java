package dev.drover.batch.steps;

/** Starts the VM where the plan wants it running. */
final class StartVm implements VmStep {
  @Override
  public String name() {
    return "start";
  }

  @Override
  public void run(VmRun vm) {
    if (vm.targetVm().running()) {
      SourceOff.check(vm); // never two of one VM at a time
    }
    vm.context().peers().target().start(vm.targetVm());
  }
}
