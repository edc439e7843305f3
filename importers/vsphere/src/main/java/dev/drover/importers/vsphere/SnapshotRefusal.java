package dev.drover.importers.vsphere;

import dev.drover.mappings.failure.Failure;
import dev.drover.mappings.failure.Retry;
import dev.drover.mappings.failure.SourceFailed;
import java.rmi.RemoteException;
import java.util.Map;

/** Why a snapshot was refused, and what helps. */
final class SnapshotRefusal {
  private static final Map<String, String> REMEDIES =
      Map.of(
          "NoDiskSpace",
          "make room on the VM's datastore: a snapshot grows with what the guest writes meanwhile",
          "TooManySnapshotLevels",
          "remove snapshots that nobody needs",
          "SnapshotDisabled",
          "the VM's configuration forbids snapshots: shut it down and copy it off",
          "SnapshotIncompatibleDeviceInVm",
          "a device of the VM (a shared bus, a physical RDM, passthrough) forbids snapshots: shut it"
              + " down and copy it off",
          "MemorySnapshotOnIndependentDisk",
          "the VM has independent disks, which snapshots leave out: shut it down and copy it off",
          "MultipleSnapshotsNotSupported",
          "remove the VM's other snapshot",
          "FileLocked",
          "another program, perhaps a backup, holds the VM's files: wait for it, and run it again");

  private SnapshotRefusal() {}

  static Failure of(Session session, String subject, boolean quiesce, RemoteException cause) {
    if (!(cause instanceof FaultAnswer fault)) {
      return session.failure(subject, "no snapshot of it can be made", cause);
    }
    // Old and new servers name it differently, and some give the plain fault of a snapshot.
    if (quiesce && (fault.type().contains("Quiesce") || saysQuiesce(fault))) {
      return new SourceFailed(
          subject,
          "the guest could not be quiesced, and no snapshot was made",
          "look at the writers of VSS or the freeze scripts in the guest; or do without in the plan"
              + " (quiesce: false), and the copy is as after a power cut",
          Retry.WORTHWHILE,
          fault);
    }
    String remedy = REMEDIES.get(fault.type());
    return remedy == null
        ? session.failure(subject, "no snapshot of it can be made", fault)
        : new SourceFailed(
            subject, "no snapshot of it can be made", remedy, Retry.POINTLESS, fault);
  }

  private static boolean saysQuiesce(FaultAnswer fault) {
    return String.valueOf(fault.getMessage()).toLowerCase(java.util.Locale.ROOT).contains("quiesc");
  }
}
