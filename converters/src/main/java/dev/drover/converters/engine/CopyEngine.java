package dev.drover.converters.engine;

import dev.drover.converters.BlockWriter;
import dev.drover.converters.CopyResult;
import dev.drover.converters.CopyResult.CheckedFile;
import dev.drover.converters.DiskDestination;
import dev.drover.converters.DiskDigest;
import dev.drover.converters.RateLimit;
import dev.drover.converters.SharedReader;
import dev.drover.converters.file.FullDisk;
import dev.drover.converters.guard.ImageHeader;
import dev.drover.mappings.disk.BlockReader;
import dev.drover.mappings.disk.DiskFormat;
import dev.drover.mappings.disk.DiskSource;
import dev.drover.mappings.failure.ConversionFailed;
import dev.drover.mappings.failure.Retry;
import dev.drover.mappings.failure.TargetFailed;
import dev.drover.mappings.progress.Progress;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Copies disks in this process: reading, decoding, the digest of the logical disk and the writing
 * happen side by side. Memory stays below 64 MiB a disk whatever its size, plus the window that a
 * compression of the whole file asks for, and 32 bytes for each GiB of the disk.
 *
 * <p>A disk is a whole number of sectors of 512 bytes; what ends within one is continued with
 * zeros. A cancelled {@link Progress} ends each operation within a second with {@link
 * dev.drover.mappings.failure.ConversionFailed}.
 */
public final class CopyEngine {
  private CopyEngine() {}

  /**
   * Whether an image can be read in one pass from the first byte of its files to the last: raw and
   * streamOptimized VMDK, each also in chunks and behind gz, xz and zstd.
   */
  public static boolean readsInOnePass(DiskSource.ImageFile image, ImageHeader header) {
    return image.parent() == null
        && (header.format() == DiskFormat.RAW || isStreamOptimized(header));
  }

  private static boolean isStreamOptimized(ImageHeader header) {
    return header.format() == DiskFormat.VMDK && header.detail().equals("streamOptimized");
  }

  /**
   * Copies an image in one pass and commits it; the digests that its manifest promises are checked
   * over the same bytes. The disk goes on with zeros behind the image. Progress counts the bytes of
   * the disk.
   *
   * @param header what the guard found; it decides over sizes
   * @param size bytes of the disk, at least what the header says; -1 where the image's end decides
   * @throws GrainsOutOfOrder for a streamOptimized VMDK that only its tables put in order
   * @throws dev.drover.mappings.failure.ConversionFailed naming the disk, and the file and the byte
   *     where the file is to blame; the target is left uncommitted
   */
  public static CopyResult copy(
      DiskSource.ImageFile image, ImageHeader header, long size, CopyTarget to, Progress progress) {
    if (!readsInOnePass(image, header)) {
      throw new IllegalArgumentException("no reader for " + header + " of " + image.label());
    }
    long whole = size < 0 ? -1 : Sectors.roundUp(size);
    try (ImageStream in = new ImageStream(image, n -> {})) {
      return new ImageCopy(in, header, whole, ImageCopy.of(image, header)).to(to, progress);
    } catch (IOException e) {
      throw unreadable(image.label(), e);
    }
  }

  /**
   * Copies an image that comes once and commits it. Progress counts the bytes of the disk. What an
   * earlier process has copied is passed over in the stream, neither decoded nor written.
   *
   * @param in read up to its head at most
   * @param header what the guard found in the head
   * @throws SourceChanged where what was copied before is not what comes again
   * @throws GrainsOutOfOrder at the first of them
   * @throws dev.drover.mappings.failure.ConversionFailed naming the disk and the byte; the target
   *     is left uncommitted
   */
  public static CopyResult copy(
      ImageStream in, ImageHeader header, CopyTarget to, Progress progress) throws IOException {
    long size = Sectors.roundUp(header.virtualSize());
    return new ImageCopy(in, header, size, ImageCopy.once(header)).to(to, progress);
  }

  /**
   * Copies what a reader gives and commits it. Progress counts the bytes of the disk.
   *
   * @param size bytes of the disk, at least those of the reader: zeros follow behind
   * @param how the way, for people
   * @param checks what must be right before the disk gets its name; gives the files that were
   *     checked
   */
  public static CopyResult copy(
      String label,
      BlockReader from,
      long size,
      String how,
      CopyTarget to,
      Supplier<List<CheckedFile>> checks,
      Progress progress) {
    Passed passed = pass(label, from, size, to, progress);
    List<CheckedFile> checked = checks.get();
    commit(label, to);
    return to.told(
        new CopyResult(
            how, passed.digest.size(), passed.dataBytes, passed.digest, checked, List.of()));
  }

  /**
   * A writer of a local file: raw with holes, or qcow2.
   *
   * @param size bytes; -1 where the source ends the disk ({@link ImageHeader#virtualSize} -1)
   * @throws TargetFailed when the file cannot be created
   */
  public static BlockWriter writer(DiskDestination.LocalFile file, long size) {
    return CopyTarget.of(file, size, RateLimit.NONE, null).writer();
  }

  /**
   * A writer over what a medium holds.
   *
   * @param size bytes of the disk
   * @throws TargetFailed where the medium is smaller than the disk, or fails
   */
  public static BlockWriter writer(Medium medium, long size) {
    return CopyTarget.of(medium, size, RateLimit.NONE, null).writer();
  }

  /**
   * The digest of what a reader gives; known zeros cost nothing. Progress counts the bytes of the
   * disk.
   */
  public static DiskDigest digest(String label, BlockReader reader, Progress progress) {
    return pass(label, reader, reader.size(), null, progress).digest;
  }

  private record Passed(DiskDigest digest, long dataBytes) {}

  private static Passed pass(
      String label, BlockReader from, long size, @Nullable CopyTarget to, Progress progress) {
    long whole = Sectors.roundUp(Math.max(size, from.size()));
    Cursor begin = to == null ? Cursor.START : to.begin();
    ChunkSource chunks = new LongerDisk(new ReaderChunks(from), whole);
    try (ChunkLine line = new ChunkLine(label, chunks, begin, progress::cancelled)) {
      Pace pace = pace(label, from, whole, begin.offset(), progress);
      DiskPass pass = new DiskPass(label, whole, to, pace, progress);
      DiskDigest digest = pass.run(line);
      return new Passed(digest, pass.dataBytes());
    }
  }

  /** By data where that is cheap to know: of an image's tables it is. */
  private static Pace pace(
      String label, BlockReader from, long size, long begin, Progress progress) {
    if (!(from instanceof SharedReader)) {
      return Pace.bySize(progress);
    }
    try {
      long all = ReaderChunks.dataBytes(from, 0, from.size());
      long rest = begin >= from.size() ? 0 : ReaderChunks.dataBytes(from, begin, from.size());
      return Pace.byData(progress, size, all, all - rest);
    } catch (IOException e) {
      throw unreadable(label, e);
    }
  }

  private static ConversionFailed unreadable(String label, IOException e) {
    return new ConversionFailed(
        label, "cannot be read", "check the source, then try again", Retry.WORTHWHILE, e);
  }

  static void commit(String label, CopyTarget to) {
    try {
      to.commit();
    } catch (IOException e) {
      throw new TargetFailed(
          label,
          "the disk cannot be completed at the target",
          "make room at the target or check its connection, then run again",
          FullDisk.causes(e) ? Retry.POINTLESS : Retry.WORTHWHILE,
          e);
    }
  }
}
