package dev.drover.batch.run;

import dev.drover.batch.state.StatusFile.VmStatus;

/** Is told how the VMs of a run stand. Called by several threads. */
public interface RunListener {
  /** A VM entered a step, finished or failed. */
  void vm(VmStatus status);

  /** Something that concerns the run as a whole: a warning, a wave that begins. */
  void message(String text);
}
