package dev.drover.converters;

import dev.drover.converters.engine.CopyEngine;
import dev.drover.converters.engine.CopyTarget;
import dev.drover.converters.file.PartialFile;
import dev.drover.converters.guard.GuardedImage;
import dev.drover.converters.guard.ImageHeader;
import dev.drover.converters.image.ImageReaders;
import dev.drover.converters.image.ScratchFiles;
import dev.drover.converters.qemu.BlockNode;
import dev.drover.converters.qemu.QemuImg;
import dev.drover.converters.qemu.SourceNode;
import dev.drover.mappings.disk.BlockReader;
import dev.drover.mappings.disk.DiskFormat;
import dev.drover.mappings.disk.Extent;
import dev.drover.mappings.disk.FilePart;
import dev.drover.mappings.failure.ConversionFailed;
import dev.drover.mappings.failure.Retry;
import dev.drover.mappings.progress.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** Copies by qemu-img what Drover has no reader for, and checks the manifest alongside. */
final class QemuCopy {
  private final QemuImg qemu;
  private final Path scratch;
  private final AtomicBoolean told = new AtomicBoolean();

  QemuCopy(QemuImg qemu, Path scratch) {
    this.qemu = qemu;
    this.scratch = scratch;
  }

  CopyResult copy(
      GuardedImage image, DiskDestination to, CopySettings settings, Progress progress) {
    if (to instanceof DiskDestination.LocalFile file) {
      return toFile(image, file, settings.limit(), progress);
    }
    return toStream(image, (DiskDestination.Stream) to, settings, progress);
  }

  private CopyResult toFile(
      GuardedImage image, DiskDestination.LocalFile to, RateLimit limit, Progress progress) {
    String label = image.image().label();
    Share unpacking = unpacking(image, progress);
    try (PartialFile partial = PartialFile.create(to.path(), image.size());
        ManifestCheck manifest = ManifestCheck.of(ManifestCheck.files(image));
        SourceNode source = open(image, manifest, unpacking)) {
      if (source.unpacked()) {
        unpacking.close();
      }
      long left = source.size() - unpacking.told();
      Share bar = new Share(progress, source.size(), left);
      convert(
          new QemuImg.Conversion(
              label,
              source.node(),
              partial.path(),
              to.format(),
              to.compress(),
              source.size(),
              limit.bytesPerSecond()),
          manifest,
          bar);
      List<CopyResult.CheckedFile> checked = manifest.join(progress);
      long whole = image.sized(source.size());
      if (whole > source.size()) {
        qemu.grow(label, partial.path(), to.format(), whole, progress);
      }
      BlockNode written = QemuImg.written(partial.path(), to.format());
      QemuImg.Info info = qemu.info(label, written, progress);
      partial.commit();
      bar.close();
      progress.advance(info.virtualSize() - source.size());
      return new CopyResult(
          how(image.header(), source, to.format()),
          info.virtualSize(),
          Math.min(info.actualSize(), info.virtualSize()),
          null,
          checked,
          warnings(image),
          CopyPath.QEMU_IMG);
    }
  }

  /** Half of the work, should the source have to be unpacked before QEMU can read it. */
  private static Share unpacking(GuardedImage image, Progress progress) {
    long size = image.header().virtualSize();
    long stored = image.image().parts().stream().mapToLong(FilePart::length).sum();
    boolean raw = image.header().format() == DiskFormat.RAW;
    return new Share(progress, raw ? size : stored, size / 2);
  }

  private SourceNode open(GuardedImage image, ManifestCheck manifest, Progress bar) {
    try {
      return SourceNode.open(image, scratch, bar);
    } catch (ConversionFailed e) {
      throw manifest.explaining(e, bar);
    }
  }

  private void convert(QemuImg.Conversion what, ManifestCheck manifest, Progress bar) {
    try {
      qemu.convert(what, bar);
    } catch (ConversionFailed e) {
      throw manifest.explaining(e, bar);
    }
  }

  /** A stream cannot be written by another program: the disk becomes raw in the scratch first. */
  private CopyResult toStream(
      GuardedImage image, DiskDestination.Stream to, CopySettings settings, Progress progress) {
    DiskDestination.LocalFile raw =
        new DiskDestination.LocalFile(
            scratch.resolve(
                ScratchFiles.prefix("disk")
                    + System.nanoTime()
                    + "-"
                    + Thread.currentThread().getId()),
            DiskFormat.RAW,
            false);
    String label = image.image().label();
    try (Removal removal = new Removal(raw.path())) {
      long size = image.size();
      Share converting = new Share(progress, size, size / 2);
      CopyResult converted = toFile(image, raw, settings.limit(), converting);
      Share sending = new Share(progress, converted.size(), converted.size() - converting.told());
      List<Extent> known = qemu.map(label, BlockNode.raw(removal.path()), progress);
      try (BlockReader reader = ImageReaders.written(raw.path(), DiskFormat.RAW, known);
          CopyTarget target = CopyTarget.of(to.opener().open(converted.size()), RateLimit.NONE)) {
        return CopyEngine.copy(
                label,
                reader,
                reader.size(),
                converted.how() + " in a scratch file, then sent",
                target,
                converted::sourceFiles,
                sending)
            .on(CopyPath.QEMU_IMG)
            .warning(converted.warnings());
      }
    } catch (IOException e) {
      throw new ConversionFailed(
          label, "the copy stopped", "look at the target", Retry.WORTHWHILE, e);
    }
  }

  /** Removes a file of the scratch folder when its work is over. */
  private record Removal(Path path) implements AutoCloseable {
    @Override
    public void close() throws IOException {
      Files.deleteIfExists(path);
    }
  }

  private static String how(ImageHeader header, SourceNode source, DiskFormat to) {
    String detail = header.detail().isEmpty() ? "" : header.detail() + " ";
    String unpacked = source.unpacked() ? ", unpacked to the scratch folder" : "";
    return detail + header.format() + unpacked + ", decoded by qemu-img, to " + to.extension();
  }

  /** What protection is missing is said once a run, not once a disk. */
  private List<String> warnings(GuardedImage image) {
    List<String> all = new ArrayList<>(image.warnings());
    List<String> missing = qemu.missingProtection();
    if (!missing.isEmpty() && told.compareAndSet(false, true)) {
      all.add(
          "this machine does not let Drover confine qemu-img fully: "
              + String.join("; ", missing)
              + ". Images are checked before it sees them all the same");
    }
    return all;
  }
}
