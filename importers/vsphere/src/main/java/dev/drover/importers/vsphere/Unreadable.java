package dev.drover.importers.vsphere;

import dev.drover.importers.api.Hold;
import dev.drover.mappings.failure.SourceFailed;
import dev.drover.mappings.model.SourceDisk;

/** Which disks vSphere gives in no way that Drover has. */
final class Unreadable {
  private Unreadable() {}

  /**
   * Refuses a disk whose bytes nobody gives, and one that a snapshot would leave unfrozen.
   *
   * @throws SourceFailed with what to do instead
   */
  static void refuse(String label, SourceDisk disk, Hold hold) {
    SourceDisk.Kind kind = disk.backing().kind();
    if (kind == SourceDisk.Kind.RDM_PHYSICAL || kind == SourceDisk.Kind.BLOCK) {
      throw new SourceFailed(
          label,
          "it is a raw device, which vSphere gives nobody over the network",
          "convert the mapping to a virtual disk (Storage vMotion), or connect the LUN itself");
    } else if (kind == SourceDisk.Kind.UNKNOWN) {
      throw new SourceFailed(
          label,
          "it lies on a kind of storage that this version does not know",
          "export the VM to an OVA and give Drover that (ova:FILE)");
    }
    boolean independent =
        disk.mode() == SourceDisk.Mode.INDEPENDENT_PERSISTENT
            || disk.mode() == SourceDisk.Mode.INDEPENDENT_NONPERSISTENT;
    if (hold.snapshot() && independent) {
      throw new SourceFailed(
          label,
          "it is independent, so that a snapshot leaves it as it is and the guest writes on",
          "let the plan shut the VM down instead of a snapshot");
    }
  }
}
