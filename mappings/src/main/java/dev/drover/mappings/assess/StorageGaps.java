package dev.drover.mappings.assess;

import dev.drover.mappings.model.Answer;
import java.util.List;

/** What the storage class of a VM's disks cannot do, and the VM needs. */
final class StorageGaps implements Check {
  static final KnownFinding READ_WRITE_MANY =
      KnownFinding.warning(
          "STO-041",
          "needs volumes that several nodes can write, and its storage class at the target has none",
          "choose a class with ReadWriteMany for its datastores in the policy, or accept that it is shut down for maintenance of a node");

  static final KnownFinding SNAPSHOT =
      KnownFinding.warning(
          "STO-042",
          "is backed up with snapshots, and its storage class at the target has none",
          "choose a class with a VolumeSnapshotClass in the policy, or back it up from inside");

  static final KnownFinding EXPANSION =
      KnownFinding.warning(
          "STO-043",
          "has a file system that will have to grow, and its storage class at the target cannot",
          "choose a class with allowVolumeExpansion in the policy, or make the disk larger before the move");

  static final KnownFinding BLOCK =
      KnownFinding.warning(
          "STO-044",
          "shares a disk with other VMs, and its storage class at the target has no raw block volumes",
          "choose a class with block volumes in the policy");

  @Override
  public List<KnownFinding> findings() {
    return List.of(READ_WRITE_MANY, SNAPSHOT, EXPANSION, BLOCK);
  }

  @Override
  public void look(Subject vm, Told told) {
    for (StorageNeed need : StorageNeeds.of(vm)) {
      if (need.met() != Answer.NO) {
        continue;
      }
      String evidence = need.storageClass() + ": " + need.why();
      switch (need.kind()) {
        case READ_WRITE_MANY -> told.add(READ_WRITE_MANY, evidence);
        case SNAPSHOT -> told.add(SNAPSHOT, evidence);
        case EXPANSION -> told.add(EXPANSION, evidence);
        case BLOCK -> told.add(BLOCK, evidence);
        // DISK-043 tells of a volume that is too large; nothing derives CLONE yet.
        case LARGE_VOLUME, CLONE -> {}
      }
    }
  }
}
