package dev.drover.batch.steps;

import dev.drover.mappings.plan.Hooks;

/**
 * The moment from which the target is the truth: the source is off, and what was copied is all of
 * it. A rehearsal has no such moment, and its hooks are not run.
 */
final class CutOver implements VmStep {
  @Override
  public String name() {
    return "cut over";
  }

  @Override
  public void run(VmRun vm) {
    if (vm.rehearsal()) {
      return;
    }
    Hooks hooks = vm.context().plan().hooks();
    vm.hooks("beforeCutover", hooks.beforeCutover());
    SourceOff.check(vm);
    vm.hooks("afterCutover", hooks.afterCutover());
  }
}
