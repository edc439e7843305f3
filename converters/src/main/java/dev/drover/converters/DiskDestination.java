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
   */
  record Stream(String label, Opener opener) implements DiskDestination {}

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
