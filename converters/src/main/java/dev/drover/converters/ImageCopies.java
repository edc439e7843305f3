package dev.drover.converters;

import dev.drover.converters.engine.Checkpoints;
import dev.drover.converters.engine.CopyEngine;
import dev.drover.converters.engine.CopyTarget;
import dev.drover.converters.guard.GuardedImage;
import dev.drover.converters.guard.ImageHeader;
import dev.drover.converters.image.ImageReaders;
import dev.drover.converters.image.PlainImage;
import dev.drover.converters.qemu.BlockNode;
import dev.drover.converters.qemu.QemuImg;
import dev.drover.mappings.disk.BlockReader;
import dev.drover.mappings.disk.DiskFormat;
import dev.drover.mappings.disk.DiskSource;
import dev.drover.mappings.disk.Extent;
import dev.drover.mappings.disk.FilePart;
import dev.drover.mappings.failure.ConversionFailed;
import dev.drover.mappings.failure.HostileInput;
import dev.drover.mappings.failure.Retry;
import dev.drover.mappings.progress.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Copies images that Drover reads itself: in one pass, or by their tables. */
final class ImageCopies {
  /** Asking for the holes of a file takes a process; a small file is read as fast. */
  private static final long WORTH_ASKING = 64 << 20;

  private final QemuImg qemu;
  private final Path scratch;

  ImageCopies(QemuImg qemu, Path scratch) {
    this.qemu = qemu;
    this.scratch = scratch;
  }

  /**
   * An image on its way.
   *
   * @param guarded as the source has it
   * @param read the same disk as it is read: a flat VMDK is a raw disk
   */
  record Copy(GuardedImage guarded, GuardedImage read, DiskDestination to, CopySettings settings) {
    String label() {
      return guarded.image().label();
    }

    /** A local file may find its size out as it is written; a stream must know it before. */
    long size() {
      long own = read.header().virtualSize();
      boolean told = own >= 0 || to instanceof DiskDestination.LocalFile;
      return told ? own : StreamSize.of(read.image());
    }

    CopyTarget open(long size) {
      return Targets.open(to, size, settings, file -> CopyIdentity.of(guarded, file, size));
    }

    /** Whether an earlier process has begun it. */
    boolean begun() {
      if (!(to instanceof DiskDestination.LocalFile local)) {
        return false;
      }
      long size = read.size();
      Checkpoints saved =
          Targets.checkpoints(local, size, settings, file -> CopyIdentity.of(guarded, file, size));
      return saved != null && saved.begun();
    }
  }

  /** The files once from the first byte to the last, with their own digests. */
  CopyResult onePass(Copy copy, Progress progress) {
    GuardedImage read = copy.read();
    long size = copy.size();
    long whole = read.sized(size);
    try (ManifestCheck text = ManifestCheck.of(FlatExtents.descriptorOnly(copy.guarded()));
        CopyTarget target = copy.open(whole)) {
      // The text of a flat VMDK is no part of the raw disk that the engine reads.
      List<CopyResult.CheckedFile> checked = text.join(progress);
      ImageHeader header = new ImageHeader(read.header().format(), read.header().detail(), size);
      CopyResult copied =
          Targets.run(
              copy.label(),
              target,
              progress,
              () -> CopyEngine.copy(read.image(), header, whole, target, progress));
      return with(copied, checked, copy.guarded().warnings()).on(CopyPath.ONE_PASS);
    } catch (IOException e) {
      throw LocalDiskCopier.unwritable(copy.label(), e);
    }
  }

  /** By the image's tables, from the scratch folder where it cannot be read in place. */
  CopyResult byTables(Copy copy, Progress progress) {
    GuardedImage read = copy.read();
    if (ImageReaders.inPlace(read)) {
      return byTables(copy, read, CopyPath.IN_PLACE, progress);
    }
    long size = read.size();
    long stored = read.image().parts().stream().mapToLong(FilePart::length).sum();
    Share unpacking = new Share(progress, stored, size / 2);
    try (PlainImage plain = PlainImage.of(read, scratch, unpacking)) {
      unpacking.close();
      Share rest = new Share(progress, plain.image().size(), plain.image().size() - size / 2);
      try {
        return byTables(copy, plain.image(), CopyPath.UNPACKED, rest);
      } catch (HostileInput e) {
        throw plain.inOriginal(e);
      }
    }
  }

  private CopyResult byTables(Copy copy, GuardedImage plain, CopyPath path, Progress progress) {
    long size = plain.size();
    try (ManifestCheck manifest = ManifestCheck.of(ManifestCheck.files(copy.guarded()))) {
      try (BlockReader reader = open(plain, progress);
          CopyTarget target = copy.open(size)) {
        String how = how(copy, path);
        CopyResult copied =
            Targets.run(
                copy.label(),
                target,
                progress,
                () ->
                    CopyEngine.copy(
                        copy.label(),
                        reader,
                        size,
                        how,
                        target,
                        () -> manifest.join(progress),
                        progress));
        List<String> warnings = new ArrayList<>(copy.guarded().warnings());
        plain.warnings().stream().filter(w -> !warnings.contains(w)).forEach(warnings::add);
        return with(copied, List.of(), warnings).on(path);
      } catch (HostileInput e) {
        throw manifest.explaining(e, progress);
      }
    } catch (IOException e) {
      throw new ConversionFailed(
          copy.label(), "cannot be read", "check the source, then try again", Retry.WORTHWHILE, e);
    }
  }

  private BlockReader open(GuardedImage plain, Progress progress) throws IOException {
    if (plain.header().format() != DiskFormat.RAW || plain.size() < WORTH_ASKING) {
      return ImageReaders.open(plain);
    }
    return ImageReaders.open(plain, holes(plain.image(), progress));
  }

  /** Where a raw image has holes; nothing is known of one in several files, or at odd places. */
  private List<Extent> holes(DiskSource.ImageFile image, Progress progress) {
    FilePart only = image.parts().get(0);
    if (image.parts().size() > 1 || only.offset() % 512 != 0 || only.length() % 512 != 0) {
      return List.of();
    }
    BlockNode node = BlockNode.raw(only.file(), only.offset(), only.length());
    return qemu.map(image.label(), node, progress);
  }

  private static String how(Copy copy, CopyPath path) {
    ImageHeader header = copy.guarded().header();
    String detail = header.detail().isEmpty() ? "" : header.detail() + " ";
    boolean packed = copy.guarded().image().parts().get(0).name().contains("!");
    String archive = packed ? " inside an archive" : "";
    return detail + header.format() + archive + ", " + path.words();
  }

  private static CopyResult with(
      CopyResult copied, List<CopyResult.CheckedFile> checked, List<String> warnings) {
    List<CopyResult.CheckedFile> files = new ArrayList<>(checked);
    files.addAll(copied.sourceFiles());
    List<String> all = new ArrayList<>(warnings);
    copied.warnings().stream().filter(w -> !all.contains(w)).forEach(all::add);
    return new CopyResult(
        copied.how(), copied.size(), copied.dataBytes(), copied.read(), files, all, copied.path());
  }
}
