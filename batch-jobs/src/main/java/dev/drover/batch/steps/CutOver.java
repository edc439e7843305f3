package dev.drover.batch.steps;

import dev.drover.mappings.plan.Hooks;

/**
 * The moment from which the target is the truth: the source is off, and what was copied is all of
 * it.
 */
final class CutOver implements VmStep {
  @Override
  public String name() {
    return "cut over";
  }

  @Override
  public void run(VmRun vm) {
    Hooks hooks = vm.context().plan().hooks();
    vm.hooks("beforeCutover", hooks.beforeCutover());
    SourceOff.check(vm);
    vm.hooks("afterCutover", hooks.afterCutover());
  }
}
