package dev.drover.converters;

import dev.drover.converters.engine.CopyEngine;
import dev.drover.converters.guard.HeaderGuard;
import dev.drover.converters.image.ImageReaders;
import dev.drover.mappings.disk.BlockReader;
import dev.drover.mappings.disk.Compression;
import dev.drover.mappings.disk.DiskFormat;
import dev.drover.mappings.disk.DiskSource.ImageFile;
import dev.drover.mappings.disk.FilePart;
import dev.drover.mappings.failure.ConversionFailed;
import dev.drover.mappings.failure.Retry;
import dev.drover.mappings.progress.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The digest of a disk that stands in a file, to be compared with what was written down of it. */
public final class DiskCheck {
  private DiskCheck() {}

  /**
   * Reads the whole disk, chunks side by side; what its tables call zeros is not read.
   *
   * @param format null where the file itself tells: by its header, or by a name that ends in {@code
   *     .raw} or {@code .img}
   * @param progress counts bytes of the disk
   * @throws ConversionFailed when the file cannot be read, or is not of that format
   */
  public static DiskDigest of(Path file, @Nullable DiskFormat format, Progress progress) {
    try {
      FilePart part =
          new FilePart(file, Compression.NONE, 0, size(file), file.getFileName().toString(), null);
      ImageFile image =
          new ImageFile(
              file.toString(),
              List.of(part),
              Compression.NONE,
              format == null ? byName(file) : format,
              null,
              null,
              List.of());
      try (BlockReader reader = ImageReaders.open(HeaderGuard.check(image))) {
        return CopyEngine.digest(file.toString(), reader, progress);
      }
    } catch (IOException e) {
      throw LocalDiskCopier.unreadable(file.toString(), e);
    }
  }

  private static long size(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new ConversionFailed(
          file.toString(),
          "is not there, or is no file",
          "give the file that holds the disk; copy a block device to a file first",
          Retry.POINTLESS,
          null);
    }
    return Files.size(file);
  }

  /** What is called raw is never probed: whatever stands inside belongs to the guest. */
  private static @Nullable DiskFormat byName(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return name.endsWith(".raw") || name.endsWith(".img") ? DiskFormat.RAW : null;
  }
}
