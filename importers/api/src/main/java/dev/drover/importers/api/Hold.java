package dev.drover.importers.api;

/**
 * How a VM is held still while its disks are read.
 *
 * @param runId the run that reads; a snapshot at the source carries it in its name
 * @param snapshot true for a snapshot at the source, which a VM that runs needs; false to read a VM
 *     that is off as it lies there
 * @param quiesce ask the guest to write everything down first, where something in it listens
 */
public record Hold(String runId, boolean snapshot, boolean quiesce) {
  /** A VM that is off needs no hold. */
  public static Hold none(String runId) {
    return new Hold(runId, false, false);
  }

  /** A snapshot of a VM that may run. */
  public static Hold snapshot(String runId, boolean quiesce) {
    return new Hold(runId, true, quiesce);
  }
}
