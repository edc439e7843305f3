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
   * failure nothing is left behind, unless a checkpoint is kept.
   *
   * @param settings how fast, and where to save how far it is: with a checkpoint, a copy to a file
   *     that was interrupted or killed keeps its {@code NAME.partial} and goes on from there when
   *     it is called again for the same files and the same destination
   * @param progress counts bytes of the disk, zeros as well, however many passes it takes: when
   *     this returns, it was advanced by {@link CopyResult#size} in all. The caller made it, words
   *     it and closes it; no children are made
   * @throws dev.drover.mappings.failure.ConversionFailed naming the disk and the place
   * @throws dev.drover.mappings.failure.TargetFailed when the destination cannot be written
   */
  default CopyResult copy(
      DiskSource source, DiskDestination to, CopySettings settings, Progress progress) {
    return copy(source, to, progress);
  }

  /** As fast as it goes, and without a way to go on in the middle. */
  CopyResult copy(DiskSource source, DiskDestination to, Progress progress);

  /**
   * Reads back what was written and compares it with what was read.
   *
   * @param source read again only where the copy gave no digest
   * @param progress as for {@link #copy}; not advanced where the destination cannot be read back
   * @throws dev.drover.mappings.failure.ConversionFailed when they differ
   */
  Verification verify(DiskSource source, CopyResult copied, DiskDestination to, Progress progress);

  /**
   * What a header says.
   *
   * @param format as detected
   * @param detail the subformat: {@code streamOptimized}, or empty
   * @param size virtual bytes; -1 for a compressed raw image whose size nobody declares, as only a
   *     pass over all of it would tell
   */
  record Inspection(DiskFormat format, String detail, long size) {}
}
