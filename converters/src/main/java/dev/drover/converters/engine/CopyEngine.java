package dev.drover.converters.engine;

import dev.drover.converters.BlockWriter;
import dev.drover.converters.CopyResult;
import dev.drover.converters.DiskDestination;
import dev.drover.converters.DiskDigest;
import dev.drover.converters.guard.ImageHeader;
import dev.drover.mappings.disk.BlockReader;
import dev.drover.mappings.disk.DiskSource;
import dev.drover.mappings.progress.Progress;

/**
 * Copies in this process what Drover has a reader for. The bytes of the source's files are read
 * once, from the first to the last; their own digests, the decoding, the digest of the logical disk
 * and the writing happen side by side.
 */
public final class CopyEngine {
  private CopyEngine() {}

  /**
   * Whether {@link #copy} takes this image: raw and streamOptimized VMDK, each also in chunks and
   * behind gz, xz and zstd.
   */
  public static boolean reads(DiskSource.ImageFile image, ImageHeader header) {
    throw new UnsupportedOperationException(image + " " + header);
  }

  /**
   * Copies an image to an open writer and commits it.
   *
   * @param header what the guard found; it decides over sizes
   * @throws dev.drover.mappings.failure.ConversionFailed naming the disk, and the file and the byte
   *     where the file is to blame; the writer is left uncommitted
   */
  public static CopyResult copy(
      DiskSource.ImageFile image, ImageHeader header, BlockWriter to, Progress progress) {
    throw new UnsupportedOperationException(image + " " + header + to + progress);
  }

  /** Copies blocks or zeros to an open writer and commits it. */
  public static CopyResult copy(String label, BlockReader from, BlockWriter to, Progress progress) {
    throw new UnsupportedOperationException(label + from + to + progress);
  }

  /** A writer of a local file: raw with holes, or qcow2. */
  public static BlockWriter writer(DiskDestination.LocalFile file, long size) {
    throw new UnsupportedOperationException(file + " " + size);
  }

  /** The digest of what a reader gives; known zeros cost nothing. */
  public static DiskDigest digest(String label, BlockReader reader, Progress progress) {
    throw new UnsupportedOperationException(label + reader + progress);
  }

  /** Reads back a raw or qcow2 file that {@link #writer} wrote, holes known. */
  public static BlockReader readBack(DiskDestination.LocalFile file) {
    throw new UnsupportedOperationException(file.toString());
  }
}
