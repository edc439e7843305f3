package dev.drover.converters.engine;

import dev.drover.converters.BlockWriter;
import dev.drover.converters.CopyResult;
import dev.drover.converters.DiskDestination;
import dev.drover.converters.DiskDigest;
import dev.drover.converters.guard.ImageHeader;
import dev.drover.mappings.disk.BlockReader;
import dev.drover.mappings.disk.DiskFormat;
import dev.drover.mappings.disk.DiskSource;
import dev.drover.mappings.disk.Extent;
import dev.drover.mappings.failure.ConversionFailed;
import dev.drover.mappings.failure.Retry;
import dev.drover.mappings.progress.Progress;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Copies in this process what Drover has a reader for. The bytes of the source's files are read
 * once, from the first to the last; their own digests, the decoding, the digest of the logical disk
 * and the writing happen side by side. Memory stays below 64 MiB a disk whatever its size, plus the
 * window that a compression of the whole file asks for.
 *
 * <p>A disk is a whole number of sectors of 512 bytes; what ends within one is continued with
 * zeros. A cancelled {@link Progress} ends each operation within a second with {@link
 * ConversionFailed}.
 */
public final class CopyEngine {
  private CopyEngine() {}

  /**
   * Whether {@link #copy} takes this image: raw and streamOptimized VMDK, each also in chunks and
   * behind gz, xz and zstd.
   */
  public static boolean reads(DiskSource.ImageFile image, ImageHeader header) {
    return image.parent() == null
        && (header.format() == DiskFormat.RAW || isStreamOptimized(header));
  }

  private static boolean isStreamOptimized(ImageHeader header) {
    return header.format() == DiskFormat.VMDK && header.detail().equals("streamOptimized");
  }

  /**
   * Copies an image to an open writer and commits it. Progress counts the bytes of the disk.
   *
   * @param header what the guard found; it decides over sizes
   * @throws GrainsOutOfOrder for a streamOptimized VMDK that only its tables put in order
   * @throws dev.drover.mappings.failure.ConversionFailed naming the disk, and the file and the byte
   *     where the file is to blame; the writer is left uncommitted
   */
  public static CopyResult copy(
      DiskSource.ImageFile image, ImageHeader header, BlockWriter to, Progress progress) {
    return copy(image, header, header.virtualSize(), to, progress);
  }

  /**
   * As {@link #copy(DiskSource.ImageFile, ImageHeader, BlockWriter, Progress)}, to a disk that goes
   * on with zeros behind the image.
   *
   * @param size bytes of the disk, at least what the header says; -1 where the image's end decides
   */
  public static CopyResult copy(
      DiskSource.ImageFile image,
      ImageHeader header,
      long size,
      BlockWriter to,
      Progress progress) {
    if (!reads(image, header)) {
      throw new IllegalArgumentException("no reader for " + header + " of " + image.label());
    }
    long whole = size < 0 ? -1 : Sectors.roundUp(size);
    return new ImageCopy(image, header, whole, isStreamOptimized(header)).to(to, progress);
  }

  /**
   * Copies blocks or zeros to an open writer and commits it. Progress counts the bytes of the disk.
   */
  public static CopyResult copy(String label, BlockReader from, BlockWriter to, Progress progress) {
    Passed passed = pass(label, from, to, progress);
    commit(label, to);
    return new CopyResult(
        "blocks copied by Drover",
        passed.digest.size(),
        passed.dataBytes,
        passed.digest,
        List.of(),
        List.of());
  }

  /**
   * A writer of a local file: raw with holes, or qcow2.
   *
   * @param size bytes; -1 where the source ends the disk ({@link ImageHeader#virtualSize} -1)
   * @throws ConversionFailed when the file cannot be created
   */
  public static BlockWriter writer(DiskDestination.LocalFile file, long size) {
    try {
      if (file.format() == DiskFormat.RAW) {
        return RawFileWriter.create(file.path(), size);
      }
      if (file.format() == DiskFormat.QCOW2) {
        return Qcow2Writer.create(file.path(), size, file.compress());
      }
    } catch (IOException e) {
      throw new ConversionFailed(
          file.path().toString(),
          "cannot hold a disk of " + size + " bytes",
          "choose a folder on a file system that takes files of this size",
          Retry.POINTLESS,
          e);
    }
    throw new IllegalArgumentException("no writer for " + file.format());
  }

  /**
   * The digest of what a reader gives; known zeros cost nothing. Progress counts the bytes of the
   * disk.
   */
  public static DiskDigest digest(String label, BlockReader reader, Progress progress) {
    return pass(label, reader, null, progress).digest;
  }

  private record Passed(DiskDigest digest, long dataBytes) {}

  private static Passed pass(
      String label, BlockReader from, @Nullable BlockWriter to, Progress progress) {
    long size = Sectors.roundUp(from.size());
    try (ChunkLine line = new ChunkLine(label, new ReaderChunks(from), progress::cancelled)) {
      DiskPass pass = new DiskPass(label, size, to, progress::advance);
      DiskDigest digest = pass.run(line);
      return new Passed(digest, pass.dataBytes());
    }
  }

  static void commit(String label, BlockWriter to) {
    try {
      to.commit();
    } catch (IOException e) {
      throw new ConversionFailed(
          label,
          "the disk cannot be completed at the target",
          "make room at the target or check its connection, then run again",
          Retry.WORTHWHILE,
          e);
    }
  }

  /**
   * Reads back a raw or qcow2 file that {@link #writer} wrote. Of qcow2 the holes are known; of raw
   * they are not, see {@link #readBack(DiskDestination.LocalFile, List)}.
   */
  public static BlockReader readBack(DiskDestination.LocalFile file) {
    return readBack(file, List.of());
  }

  /**
   * As {@link #readBack(DiskDestination.LocalFile)}, with what is known of a raw file's holes.
   *
   * @param known extents in ascending order, as {@code qemu-img map -f raw --output=json} gives
   *     them; what they do not cover is read. Ignored for qcow2
   * @throws ConversionFailed when the file cannot be opened or is not as Drover writes it
   */
  public static BlockReader readBack(DiskDestination.LocalFile file, List<Extent> known) {
    try {
      return file.format() == DiskFormat.QCOW2
          ? Qcow2Reader.open(file.path())
          : RawReader.open(file.path(), known);
    } catch (IOException e) {
      throw new ConversionFailed(
          file.path().toString(),
          "cannot be read back",
          "check that nothing else changed the file, then copy the disk again",
          Retry.WORTHWHILE,
          e);
    }
  }
}
