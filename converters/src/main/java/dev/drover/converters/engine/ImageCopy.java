package dev.drover.converters.engine;

import dev.drover.converters.CopyResult;
import dev.drover.converters.CopyResult.CheckedFile;
import dev.drover.converters.DiskDigest;
import dev.drover.converters.guard.HeaderGuard;
import dev.drover.converters.guard.ImageHeader;
import dev.drover.mappings.disk.Compression;
import dev.drover.mappings.disk.DiskFormat;
import dev.drover.mappings.disk.DiskSource;
import dev.drover.mappings.failure.ConversionFailed;
import dev.drover.mappings.failure.HostileInput;
import dev.drover.mappings.progress.Progress;
import java.io.IOException;
import java.util.List;

/** Copies an image: reads, checks, decodes, hashes and writes in one pass. */
final class ImageCopy {
  private final ImageStream in;
  private final ImageHeader header;
  private final long size;
  private final Words words;
  private final boolean streamOptimized;
  private volatile List<CheckedFile> checked = List.of();
  private volatile List<String> warnings = List.of();

  /**
   * What is said of an image.
   *
   * @param how the way, for people
   * @param exact whether what its bytes must be is known before they are read: behind a compression
   *     the size is only declared
   * @param promised whether its files have digests to check
   */
  record Words(String how, boolean exact, boolean promised) {}

  /**
   * @param size of the disk in whole sectors, at least what the header says; -1 where the image's
   *     end decides
   */
  ImageCopy(ImageStream in, ImageHeader header, long size, Words words) {
    this.in = in;
    this.header = header;
    this.size = size;
    this.words = words;
    this.streamOptimized = header.format() == DiskFormat.VMDK;
  }

  /** See {@link CopyEngine#copy}. */
  CopyResult to(CopyTarget to, Progress progress) throws IOException {
    try {
      return pass(to, progress);
    } catch (HostileInput e) {
      throw explained(e, progress);
    }
  }

  private CopyResult pass(CopyTarget to, Progress progress) {
    String label = in.label();
    DiskPass pass = new DiskPass(label, size, to, Pace.bySize(progress), progress);
    DiskDigest digest;
    try (ChunkLine line = new ChunkLine(label, source(progress), to.begin(), progress::cancelled)) {
      digest = pass.run(line);
    }
    CopyEngine.commit(label, to);
    return to.told(
        new CopyResult(words.how, digest.size(), pass.dataBytes(), digest, checked, warnings));
  }

  /**
   * The disk, then the rest of the files: their digests are checked before anything is committed.
   */
  private ChunkSource source(Progress progress) {
    RawImage raw = new RawImage(in, header.virtualSize(), words.exact);
    ChunkSource disk = streamOptimized ? new StreamOptimized(in, header.virtualSize()) : raw;
    ChunkSource whole = size < 0 ? disk : new LongerDisk(disk, size);
    return sink -> {
      whole.produce(sink);
      checked = in.finish(progress::cancelled);
      long ended = Sectors.roundUp(raw.ended());
      if (!streamOptimized && !words.exact && ended < header.virtualSize()) {
        warnings = List.of(HeaderGuard.shorter(in.label(), ended, size));
      }
    };
  }

  /** A file that is not what its manifest promises explains why it makes no sense. */
  private ConversionFailed explained(HostileInput nonsense, Progress progress) {
    if (!words.promised) {
      return nonsense;
    }
    try {
      in.finish(progress::cancelled);
    } catch (ConversionFailed damaged) {
      damaged.addSuppressed(nonsense);
      return damaged;
    } catch (IOException e) {
      nonsense.addSuppressed(e);
    }
    return nonsense;
  }

  /** What is said of an image in files. */
  static Words of(DiskSource.ImageFile image, ImageHeader header) {
    StringBuilder how = new StringBuilder(kind(header));
    if (image.compression() != Compression.NONE) {
      how.append(" behind ").append(image.compression().name().toLowerCase(java.util.Locale.ROOT));
    }
    if (image.parts().size() > 1) {
      how.append(" in ").append(image.parts().size()).append(" parts");
    }
    if (image.parts().get(0).name().contains("!")) {
      how.append(" inside an archive");
    }
    boolean promised = image.parts().stream().anyMatch(part -> part.expected() != null);
    return new Words(
        how + ", decoded by Drover", image.compression() == Compression.NONE, promised);
  }

  /** What is said of an image that comes once. */
  static Words once(ImageHeader header) {
    return new Words(kind(header) + " from a stream, decoded by Drover", true, false);
  }

  private static String kind(ImageHeader header) {
    return header.format() == DiskFormat.VMDK ? "streamOptimized VMDK" : "raw disk image";
  }
}
