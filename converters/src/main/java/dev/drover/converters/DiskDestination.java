package dev.drover.converters;

import dev.drover.mappings.disk.DiskFormat;
import java.nio.file.Path;

/** Where a disk goes, as a target prepared it. */
public sealed interface DiskDestination {
  /**
   * A file. It has this name only when it is whole; until then {@code NAME.partial} stands beside
   * it.
   *
   * @param format RAW or QCOW2
   * @param compress zstd inside qcow2
   */
  record LocalFile(Path path, DiskFormat format, boolean compress) implements DiskDestination {}

  /**
   * Something that takes the raw disk from its first byte to its last, and cannot be read back.
   *
   * @param label what the user calls it: {@code DataVolume default/web-1-disk0}
   * @param identity tells one volume from a later one of the same label (a UID), so that a volume
   *     that somebody deleted is not taken for the one that was filled
   */
  record Stream(String label, String identity, Opener opener) implements DiskDestination {
    /** Where the label alone says which one it is. */
    public Stream(String label, Opener opener) {
      this(label, label, opener);
    }
  }

  /** Opens a stream again for each attempt. */
  @FunctionalInterface
  interface Opener {
    /**
     * A writer that takes bytes in ascending order.
     *
     * @param size of the disk in bytes
     */
    BlockWriter open(long size);
  }
}
