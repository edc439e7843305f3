package dev.drover.converters;

import dev.drover.mappings.disk.DiskFormat;
import dev.drover.mappings.disk.DiskSource;
import dev.drover.mappings.progress.Progress;

/** Copies and verifies disks. Safe for use by several threads. */
public interface DiskCopier {
  /**
   * Reads the header of a disk and nothing more.
   *
   * @throws dev.drover.mappings.failure.ConversionFailed when Drover does not take this image
   */
  Inspection inspect(DiskSource source);

  /**
   * Copies a disk; computes its digest and checks the source's own digests in the same pass. On a
   * failure nothing is left behind.
   *
   * @throws dev.drover.mappings.failure.ConversionFailed naming the disk and the place
   */
  CopyResult copy(DiskSource source, DiskDestination to, Progress progress);

  /**
   * Reads back what was written and compares it with what was read.
   *
   * @param source read again only where the copy gave no digest
   * @throws dev.drover.mappings.failure.ConversionFailed when they differ
   */
  Verification verify(DiskSource source, CopyResult copied, DiskDestination to, Progress progress);

  /**
   * What a header says.
   *
   * @param format as detected
   * @param detail the subformat: {@code streamOptimized}, or empty
   * @param size virtual bytes
   */
  record Inspection(DiskFormat format, String detail, long size) {}
}
