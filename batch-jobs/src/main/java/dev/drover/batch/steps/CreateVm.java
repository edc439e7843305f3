package dev.drover.batch.steps;

import dev.drover.kube.MigrationTarget.ObjectRef;
import java.util.List;

/** Creates the VirtualMachine over the disks, not started. */
final class CreateVm implements VmStep {
  @Override
  public String name() {
    return "create";
  }

  @Override
  public void run(VmRun vm) {
    List<ObjectRef> made = vm.context().peers().target().create(vm.targetVm());
    vm.context().ledger().objects(vm.plan().ref(), made);
  }
}
