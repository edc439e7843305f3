package dev.drover.mappings.target;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Serial numbers of a VM's disks: what KubeVirt takes, at most 20 characters, each one once. */
final class DiskSerials {
  /** What virtio-blk shows a guest (VIRTIO_BLK_ID_BYTES). */
  static final int LONGEST = 20;

  /** KubeVirt's admission takes no other characters. */
  private static final Pattern REFUSED = Pattern.compile("[^A-Za-z0-9_.+-]");

  private final Mapping m;
  private final Set<String> given = new HashSet<>();

  DiskSerials(Mapping m) {
    this.m = m;
  }

  @Nullable String of(TargetDisk disk) {
    String source = disk.serial();
    if (source == null) {
      return null;
    }
    String serial = REFUSED.matcher(source).replaceAll("");
    serial = serial.substring(0, Math.min(LONGEST, serial.length()));
    if (serial.isEmpty()) {
      return null;
    }
    if (!given.add(serial)) {
      m.warning(
          "DISK-010",
          "two disks have one serial number after it is cut to "
              + LONGEST
              + " characters; the"
              + " second gets none",
          "see that the guest does not mount " + disk.name() + " by /dev/disk/by-id",
          source);
      return null;
    }
    if (!serial.equals(source)) {
      m.warning(
          "DISK-011",
          "the serial number of a disk is cut to what a virtio disk can show",
          "see that the guest does not mount " + disk.name() + " by /dev/disk/by-id",
          source + " becomes " + serial);
    }
    return serial;
  }
}
