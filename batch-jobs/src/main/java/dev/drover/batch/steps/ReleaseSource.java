package dev.drover.batch.steps;

/** Frees what holds a rehearsal's VM still: nothing is read of it any more. */
final class ReleaseSource implements VmStep {
  @Override
  public String name() {
    return "release";
  }

  @Override
  public void run(VmRun vm) {
    if (vm.rehearsal()) {
      vm.close();
    }
  }
}
