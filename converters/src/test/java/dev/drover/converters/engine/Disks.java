package dev.drover.converters.engine;

import dev.drover.converters.BlockWriter;
import dev.drover.converters.CopyResult;
import dev.drover.converters.DiskDestination.LocalFile;
import dev.drover.converters.RateLimit;
import dev.drover.converters.guard.ImageHeader;
import dev.drover.converters.image.ImageReaders;
import dev.drover.mappings.disk.BlockReader;
import dev.drover.mappings.disk.Compression;
import dev.drover.mappings.disk.DiskFormat;
import dev.drover.mappings.disk.DiskSource.ImageFile;
import dev.drover.mappings.disk.Extent;
import dev.drover.mappings.disk.FileDigest;
import dev.drover.mappings.disk.FilePart;
import dev.drover.mappings.progress.Progress;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Disks to copy, made from a seed. */
final class Disks {
  private Disks() {}

  /** A raw disk with runs of noise, text, zeros and holes at odd places. */
  static void random(Path path, long size, long seed) throws IOException {
    Random random = new Random(seed);
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
      file.setLength(size);
      for (long at = 0; at < size; ) {
        int n = (int) Math.min(size - at, 1 + random.nextInt(1 << (6 + random.nextInt(17))));
        file.seek(at);
        byte[] bytes = run(random, n);
        if (bytes.length > 0) {
          file.write(bytes);
        }
        at += n;
      }
    }
  }

  private static byte[] run(Random random, int n) {
    byte[] bytes = new byte[n];
    switch (random.nextInt(5)) {
      case 0 -> random.nextBytes(bytes);
      case 1 -> {
        byte[] word =
            ("word" + random.nextInt(1000)).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        for (int i = 0; i < n; i++) {
          bytes[i] = word[i % word.length];
        }
      }
      case 2 -> bytes[random.nextInt(n)] = 1;
      case 3 -> {
        return bytes;
      }
      default -> {
        return new byte[0];
      }
    }
    return bytes;
  }

  static FilePart part(Path file, long offset, long length, @Nullable FileDigest expected) {
    return new FilePart(
        file, Compression.NONE, offset, length, file.getFileName().toString(), expected);
  }

  static ImageFile image(Path file) throws IOException {
    return image(List.of(part(file, 0, Files.size(file), null)), Compression.NONE);
  }

  static ImageFile image(List<FilePart> parts, Compression compression) {
    return new ImageFile("vm/disk0", parts, compression, null, null, null, List.of());
  }

  static ImageHeader raw(long size) {
    return new ImageHeader(DiskFormat.RAW, "", size);
  }

  static ImageHeader streamOptimized(long size) {
    return new ImageHeader(DiskFormat.VMDK, "streamOptimized", size);
  }

  static LocalFile to(Path path, DiskFormat format, boolean compress) {
    return new LocalFile(path, format, compress);
  }

  static CopyResult copy(ImageFile image, ImageHeader header, LocalFile to) throws IOException {
    try (var writer = CopyEngine.writer(to, header.virtualSize())) {
      return copy(image, header, writer, Progress.NONE);
    }
  }

  static CopyResult copy(ImageFile image, ImageHeader header, BlockWriter to, Progress progress) {
    CopyTarget target = CopyTarget.of(to, RateLimit.NONE);
    return CopyEngine.copy(image, header, header.virtualSize(), target, progress);
  }

  static CopyResult copy(BlockReader from, BlockWriter to) {
    CopyTarget target = CopyTarget.of(to, RateLimit.NONE);
    return CopyEngine.copy(
        "vm/disk0", from, from.size(), "blocks", target, List::of, Progress.NONE);
  }

  static BlockReader readBack(LocalFile file, Extent... known) {
    return ImageReaders.written(file.path(), file.format(), List.of(known));
  }

  static FileDigest digest(String algorithm, byte[] bytes) {
    try {
      return new FileDigest(
          algorithm, HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes)));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
