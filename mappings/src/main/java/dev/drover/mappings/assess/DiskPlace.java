package dev.drover.mappings.assess;

import dev.drover.mappings.model.Answer;
import dev.drover.mappings.model.ByteSize;
import dev.drover.mappings.model.EstatePart;
import dev.drover.mappings.model.SourceDisk;
import java.util.List;

/** Whether a disk's bytes can be read at all. */
final class DiskPlace implements Check {
  static final KnownFinding NO_DATASTORE =
      KnownFinding.blocker(
          "DISK-040",
          "disk {} is on no datastore",
          "reconnect its datastore at the source, or remove the disk there");

  static final KnownFinding UNREACHABLE =
      KnownFinding.blocker(
          "DISK-041",
          "the datastore of disk {} cannot be reached",
          "bring the datastore back at the source");

  static final KnownFinding FULL =
      KnownFinding.warning(
          "DISK-042",
          "the datastore of disk {} has hardly room for the snapshot that a copy of a running VM needs",
          "make room on the datastore, or move the VM while it is off");

  @Override
  public List<KnownFinding> findings() {
    return List.of(NO_DATASTORE, UNREACHABLE, FULL);
  }

  /** Below this share of free space vSphere itself warns and snapshots may stop the VM. */
  private static final double LEAST_SHARE = 0.05;

  @Override
  public void look(Subject vm, Told told) {
    for (SourceDisk disk : vm.vm().disks()) {
      String path = disk.backing().path();
      String name = disk.backing().datastore();
      // vSphere writes empty brackets where the datastore is gone.
      if (path != null && path.strip().startsWith("[]") && (name == null || name.isBlank())) {
        told.add(NO_DATASTORE.seenAt(disk.label(), path));
        continue;
      }
      EstatePart.Datastore datastore = vm.estate().datastore(vm.vm(), name);
      if (datastore == null) {
        continue;
      }
      ByteSize free = datastore.free();
      ByteSize capacity = datastore.capacity();
      if (datastore.reachable() == Answer.NO) {
        told.add(UNREACHABLE.seenAt(disk.label(), datastore.name()));
      } else if (vm.on()
          && free != null
          && capacity != null
          && free.bytes() < capacity.bytes() * LEAST_SHARE) {
        told.add(
            FULL.seenAt(disk.label(), datastore.name() + ": " + free + " free of " + capacity));
      }
    }
  }
}
