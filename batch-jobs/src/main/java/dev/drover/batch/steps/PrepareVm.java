package dev.drover.batch.steps;

import dev.drover.mappings.model.Finding;
import dev.drover.mappings.target.TargetVm;
import java.util.ArrayList;
import java.util.List;

/** Maps the VM and asks the target what is missing, before a byte moves. */
final class PrepareVm implements VmStep {
  @Override
  public String name() {
    return "prepare";
  }

  @Override
  public void run(VmRun vm) {
    TargetVm target = vm.targetVm();
    List<Finding> missing = new ArrayList<>(ConvertGuest.findings(vm));
    missing.addAll(vm.context().target().check(target));
    vm.note(missing);
    List<Finding> blockers = VmRun.blockers(missing);
    if (!blockers.isEmpty()) {
      throw new VmBlocked("VM " + vm.label(), blockers);
    }
    vm.hooks("beforeVm", vm.context().plan().hooks().beforeVm());
  }
}
