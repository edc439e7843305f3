package dev.drover.mappings.assess;

import dev.drover.mappings.model.ByteSize;
import dev.drover.mappings.model.Guest.Filesystem;
import java.util.List;

/** Whether a conversion of the guest has room to put drivers in. */
final class FreeSpace implements Check {
  static final KnownFinding TOO_LITTLE =
      KnownFinding.blocker(
          "GUEST-044",
          "file system {} has too little free space for drivers to be put into the guest",
          "make room in the guest: 100 MiB on / and C:, 50 MiB on /boot, 10 MiB on others");

  static final KnownFinding NEARLY_FULL =
      KnownFinding.warning(
          "GUEST-045",
          "file system {} is nearly full",
          "make room in the guest, or give it a larger disk");

  @Override
  public List<KnownFinding> findings() {
    return List.of(TOO_LITTLE, NEARLY_FULL);
  }

  /** The bounds of virt-v2v's manual, "free disk space in the guest". */
  private static final ByteSize ROOT = ByteSize.ofMiB(100);

  private static final ByteSize BOOT = ByteSize.ofMiB(50);
  private static final ByteSize OTHER = ByteSize.ofMiB(10);

  /** A system disk below both is about to fill up. */
  private static final double LEAST_SHARE = 0.05;

  private static final ByteSize LEAST_ON_SYSTEM = ByteSize.ofGiB(1);

  @Override
  public void look(Subject vm, Told told) {
    List<Filesystem> all = vm.vm().guest().filesystems();
    if (all == null) {
      return;
    }
    for (Filesystem fs : all) {
      ByteSize free = fs.free();
      if (free == null || !Mounts.written(fs)) {
        continue;
      }
      if (free.compareTo(least(fs)) < 0) {
        told.add(TOO_LITTLE.seenAt(fs.mount(), free + " free of " + fs.capacity()));
      } else if (Mounts.system(fs)
          && free.compareTo(LEAST_ON_SYSTEM) < 0
          && free.bytes() < fs.capacity().bytes() * LEAST_SHARE) {
        told.add(NEARLY_FULL.seenAt(fs.mount(), free + " free of " + fs.capacity()));
      }
    }
  }

  private static ByteSize least(Filesystem fs) {
    if (Mounts.system(fs)) {
      return ROOT;
    }
    return fs.mount().strip().equals("/boot") ? BOOT : OTHER;
  }
}
