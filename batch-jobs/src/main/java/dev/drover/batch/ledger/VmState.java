package dev.drover.batch.ledger;

/** Where a VM is on its way. */
public enum VmState {
  WAITING,
  RUNNING,
  DONE,
  FAILED,
  /** Drover was stopped while it worked on the VM; resume goes on. */
  INTERRUPTED,
  ROLLED_BACK
}
