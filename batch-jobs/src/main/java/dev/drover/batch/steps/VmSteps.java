package dev.drover.batch.steps;

import java.util.List;

/** The way of a VM, like a table of contents. */
public final class VmSteps {
  private VmSteps() {}

  /** In the order in which they run. */
  public static List<VmStep> all() {
    return List.of(
        new PrepareVm(),
        new StopSource(),
        new CopyDisks(),
        new CutOver(),
        new VerifyDisks(),
        new ReleaseSource(),
        new ConvertGuest(),
        new CreateVm(),
        new StartVm(),
        new CheckHealth(),
        new Finalise());
  }
}
