package dev.drover.mappings.target;

import dev.drover.mappings.model.SourceDisk;

/** What a disk is at the source that a copy is not. */
final class DiskChecks {
  private DiskChecks() {}

  static void apply(Mapping m, SourceDisk disk) {
    backing(m, disk);
    sharing(m, disk);
    mode(m, disk);
  }

  private static void backing(Mapping m, SourceDisk disk) {
    if (disk.backing().kind() == SourceDisk.Kind.RDM_PHYSICAL) {
      m.blocker(
          "DISK-020",
          "disk " + disk.label() + " is a LUN that the guest drives itself; no snapshot has it",
          "change it to virtual compatibility at the source, or "
              + PlanLines.disk(m.vmPlan(), disk.id(), "skip: true")
              + " and attach the LUN at the target",
          disk.id());
    } else if (disk.backing().kind() == SourceDisk.Kind.RDM_VIRTUAL) {
      m.info(
          "DISK-021",
          "disk " + disk.label() + " is a mapped LUN; its content is copied into a volume",
          "keep the LUN until the VM has been accepted",
          disk.id());
    } else if (disk.backing().kind() == SourceDisk.Kind.BLANK) {
      m.info(
          "DISK-022",
          "disk " + disk.label() + " has no content at the source; it becomes an empty disk",
          "see that this is meant",
          disk.id());
    }
  }

  private static void sharing(Mapping m, SourceDisk disk) {
    boolean multiWriter = disk.sharing() == SourceDisk.Sharing.MULTI_WRITER;
    if (multiWriter || disk.sharing() == SourceDisk.Sharing.SHARED_BUS) {
      m.blocker(
          "DISK-023",
          "other VMs write to disk " + disk.label() + " too; copies of it would drift apart",
          "move it with one VM only and attach it to the others at the target; here, "
              + PlanLines.disk(m.vmPlan(), disk.id(), "skip: true"),
          disk.id() + ": " + (multiWriter ? "multi-writer" : "shared SCSI bus"));
    }
  }

  private static void mode(Mapping m, SourceDisk disk) {
    if (disk.mode() == SourceDisk.Mode.INDEPENDENT_PERSISTENT) {
      m.warning(
          "DISK-024",
          "disk " + disk.label() + " is independent: snapshots leave it out",
          "keep the VM off while it is copied",
          disk.id());
    } else if (disk.mode() == SourceDisk.Mode.INDEPENDENT_NONPERSISTENT) {
      m.warning(
          "DISK-025",
          "disk "
              + disk.label()
              + " forgets its changes at each start at the source; at the"
              + " target it keeps them",
          "see that the guest does not rely on it",
          disk.id());
    }
  }
}
