package dev.drover.converters.engine;

import dev.drover.converters.CopyResult;
import dev.drover.converters.CopyResult.CheckedFile;
import dev.drover.converters.DiskDigest;
import dev.drover.converters.guard.HeaderGuard;
import dev.drover.converters.guard.ImageHeader;
import dev.drover.mappings.disk.Compression;
import dev.drover.mappings.disk.DiskSource;
import dev.drover.mappings.failure.ConversionFailed;
import dev.drover.mappings.failure.HostileInput;
import dev.drover.mappings.failure.Retry;
import dev.drover.mappings.progress.Progress;
import java.io.IOException;
import java.util.List;

/** Copies an image file: reads, checks, decodes, hashes and writes in one pass. */
final class ImageCopy {
  private final DiskSource.ImageFile image;
  private final ImageHeader header;
  private final long size;
  private final boolean streamOptimized;
  private volatile List<CheckedFile> checked = List.of();
  private volatile List<String> warnings = List.of();

  /**
   * @param size of the disk in whole sectors, at least what the header says; -1 where the image's
   *     end decides
   */
  ImageCopy(DiskSource.ImageFile image, ImageHeader header, long size, boolean streamOptimized) {
    this.image = image;
    this.header = header;
    this.size = size;
    this.streamOptimized = streamOptimized;
  }

  /** See {@link CopyEngine#copy}. */
  CopyResult to(CopyTarget to, Progress progress) {
    try (ImageStream in = new ImageStream(image, n -> {})) {
      try {
        return pass(in, to, progress);
      } catch (HostileInput e) {
        throw explained(e, in, progress);
      }
    } catch (IOException e) {
      throw new ConversionFailed(
          image.label(), "cannot be read", "check the source, try again", Retry.WORTHWHILE, e);
    }
  }

  private CopyResult pass(ImageStream in, CopyTarget to, Progress progress) {
    DiskPass pass = new DiskPass(image.label(), size, to, Pace.bySize(progress), progress);
    DiskDigest digest;
    try (ChunkLine line =
        new ChunkLine(image.label(), source(in, progress), to.begin(), progress::cancelled)) {
      digest = pass.run(line);
    }
    CopyEngine.commit(image.label(), to);
    return new CopyResult(how(), digest.size(), pass.dataBytes(), digest, checked, warnings);
  }

  /**
   * The disk, then the rest of the files: their digests are checked before anything is committed.
   */
  private ChunkSource source(ImageStream in, Progress progress) {
    boolean exact = image.compression() == Compression.NONE;
    RawImage raw = new RawImage(in, header.virtualSize(), exact);
    ChunkSource disk = streamOptimized ? new StreamOptimized(in, header.virtualSize()) : raw;
    ChunkSource whole = size < 0 ? disk : new LongerDisk(disk, size);
    return sink -> {
      whole.produce(sink);
      checked = in.finish(progress::cancelled);
      long ended = Sectors.roundUp(raw.ended());
      if (!streamOptimized && !exact && ended < header.virtualSize()) {
        warnings = List.of(HeaderGuard.shorter(image.label(), ended, size));
      }
    };
  }

  /** A file that is not what its manifest promises explains why it makes no sense. */
  private ConversionFailed explained(HostileInput nonsense, ImageStream in, Progress progress) {
    if (image.parts().stream().allMatch(part -> part.expected() == null)) {
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

  private String how() {
    StringBuilder how =
        new StringBuilder(streamOptimized ? "streamOptimized VMDK" : "raw disk image");
    if (image.compression() != Compression.NONE) {
      how.append(" behind ").append(image.compression().name().toLowerCase(java.util.Locale.ROOT));
    }
    if (image.parts().size() > 1) {
      how.append(" in ").append(image.parts().size()).append(" parts");
    }
    if (image.parts().get(0).name().contains("!")) {
      how.append(" inside an archive");
    }
    return how.append(", decoded by Drover").toString();
  }
}
