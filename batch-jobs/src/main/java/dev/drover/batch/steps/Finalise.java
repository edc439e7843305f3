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
    RunContext context = vm.context();
    context.evidence().write(context, vm.plan(), vm.sourceVm(), vm.targetVm(), vm.findings());
  }
}
