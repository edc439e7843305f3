package dev.drover.converters;

import dev.drover.converters.engine.CopyEngine;
import dev.drover.converters.guard.GuardedImage;
import dev.drover.converters.guard.ImageHeader;
import dev.drover.converters.qemu.BlockNode;
import dev.drover.converters.qemu.QemuImg;
import dev.drover.converters.qemu.SourceNode;
import dev.drover.mappings.disk.BlockReader;
import dev.drover.mappings.disk.DiskFormat;
import dev.drover.mappings.failure.ConversionFailed;
import dev.drover.mappings.failure.Retry;
import dev.drover.mappings.progress.Progress;
import java.io.IOException;
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

  CopyResult copy(GuardedImage image, DiskDestination to, Progress progress) {
    if (to instanceof DiskDestination.LocalFile file) {
      return toFile(image, file, progress);
    }
    return toStream(image, (DiskDestination.Stream) to, progress);
  }

  private CopyResult toFile(GuardedImage image, DiskDestination.LocalFile to, Progress progress) {
    String label = image.image().label();
    try (PartialFile partial = PartialFile.create(to.path());
        ManifestCheck manifest = ManifestCheck.of(ManifestCheck.files(image));
        SourceNode source = SourceNode.open(image, scratch, progress)) {
      qemu.convert(
          new QemuImg.Conversion(
              label, source.node(), partial.path(), to.format(), to.compress(), source.size()),
          progress);
      List<CopyResult.CheckedFile> checked = manifest.join(progress);
      BlockNode written = QemuImg.written(partial.path(), to.format());
      QemuImg.Info info = qemu.info(label, written);
      partial.commit();
      return new CopyResult(
          how(image.header(), source, to.format()),
          info.virtualSize(),
          Math.min(info.actualSize(), info.virtualSize()),
          null,
          checked,
          warnings(image));
    }
  }

  /** A stream cannot be written by another program: the disk becomes raw in the scratch first. */
  private CopyResult toStream(GuardedImage image, DiskDestination.Stream to, Progress progress) {
    DiskDestination.LocalFile raw =
        new DiskDestination.LocalFile(
            scratch.resolve("disk-" + System.nanoTime() + "-" + Thread.currentThread().getId()),
            DiskFormat.RAW,
            false);
    String label = image.image().label();
    try (Progress unpack = progress.child("convert " + label, image.header().virtualSize());
        Removal removal = new Removal(raw.path())) {
      CopyResult converted = toFile(image, raw, unpack);
      try (BlockReader reader = CopyEngine.readBack(removal.of(raw));
          BlockWriter writer = to.opener().open(converted.size())) {
        CopyResult sent = CopyEngine.copy(label, reader, writer, progress);
        return new CopyResult(
            converted.how() + " in a scratch file, then sent",
            sent.size(),
            sent.dataBytes(),
            sent.read(),
            converted.sourceFiles(),
            converted.warnings());
      }
    } catch (IOException e) {
      throw new ConversionFailed(
          label, "the copy stopped", "look at the target", Retry.WORTHWHILE, e);
    }
  }

  /** Removes a file of the scratch folder when its work is over. */
  private record Removal(Path path) implements AutoCloseable {
    DiskDestination.LocalFile of(DiskDestination.LocalFile file) {
      return file;
    }

    @Override
    public void close() throws IOException {
      java.nio.file.Files.deleteIfExists(path);
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
