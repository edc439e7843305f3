package dev.drover.batch.steps;

/**
 * A step of a VM. It is done again after a crash, in whatever state the crash left things, and then
 * finds its own earlier work. One instance serves all VMs and all threads.
 */
public interface VmStep {
  /** A verb for people and for the cursor: {@code copy}. */
  String name();

  /**
   * Does it.
   *
   * @throws dev.drover.mappings.failure.Failure when it cannot be done
   */
  void run(VmRun vm);
}
