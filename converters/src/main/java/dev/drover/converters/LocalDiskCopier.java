package dev.drover.converters;

import dev.drover.converters.engine.CopyEngine;
import dev.drover.converters.engine.GrainsOutOfOrder;
import dev.drover.converters.guard.GuardedImage;
import dev.drover.converters.guard.HeaderGuard;
import dev.drover.converters.guard.ImageHeader;
import dev.drover.converters.qemu.FullDisk;
import dev.drover.converters.qemu.QemuImg;
import dev.drover.mappings.disk.BlockReader;
import dev.drover.mappings.disk.DiskFormat;
import dev.drover.mappings.disk.DiskSource;
import dev.drover.mappings.failure.ConversionFailed;
import dev.drover.mappings.failure.Failure;
import dev.drover.mappings.failure.Retry;
import dev.drover.mappings.failure.TargetFailed;
import dev.drover.mappings.progress.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Sends every disk the way that suits it: through Drover's engine where it can read the image. */
final class LocalDiskCopier implements DiskCopier {
  private final QemuImg qemu;
  private final Path scratch;
  private final boolean ownReaders;
  private final QemuCopy byQemu;

  /**
   * @param ownReaders whether Drover's engine may read images
   */
  LocalDiskCopier(QemuImg qemu, Path scratch, boolean ownReaders) {
    this.qemu = qemu;
    this.scratch = scratch;
    this.ownReaders = ownReaders;
    this.byQemu = new QemuCopy(qemu, scratch);
  }

  @Override
  public Inspection inspect(DiskSource source) {
    if (source instanceof DiskSource.ImageFile image) {
      ImageHeader header = HeaderGuard.check(image).header();
      return new Inspection(header.format(), header.detail(), header.virtualSize());
    }
    if (source instanceof DiskSource.Blank blank) {
      return new Inspection(DiskFormat.RAW, "blank", blank.size().bytes());
    }
    try (BlockReader reader = ((DiskSource.Blocks) source).opener().open()) {
      return new Inspection(DiskFormat.RAW, "blocks", reader.size());
    } catch (IOException e) {
      throw unreadable(source.label(), e);
    }
  }

  @Override
  public CopyResult copy(DiskSource source, DiskDestination to, Progress progress) {
    if (source instanceof DiskSource.ImageFile image) {
      return copyImage(image, to, progress);
    }
    if (source instanceof DiskSource.Blank blank) {
      return copyBlocks(blank.label(), new ZeroReader(blank.size().bytes()), to, progress);
    }
    DiskSource.Blocks blocks = (DiskSource.Blocks) source;
    return copyBlocks(blocks.label(), blocks.opener().open(), to, progress);
  }

  private CopyResult copyImage(DiskSource.ImageFile image, DiskDestination to, Progress progress) {
    GuardedImage guarded = HeaderGuard.check(image);
    GuardedImage read = FlatExtents.asRaw(guarded);
    boolean own =
        ownReaders
            && read.parent() == null
            && read.extents().isEmpty()
            && CopyEngine.reads(read.image(), read.header());
    if (!own) {
      return byQemu.copy(guarded, to, progress);
    }
    if (read.header().format() != DiskFormat.VMDK) {
      return byEngine(guarded, read, to, progress);
    }
    long size = read.size();
    Share attempt = new Share(progress, size, size);
    try {
      return byEngine(guarded, read, to, attempt);
    } catch (GrainsOutOfOrder e) {
      // The target opens again for each attempt, and nothing of this one is left.
      Share rest = new Share(progress, size, size - attempt.told());
      CopyResult copied = byQemu.copy(guarded, to, rest);
      return copied.by(copied.how() + ", as its grains are not in the order of the disk");
    }
  }

  private CopyResult byEngine(
      GuardedImage guarded, GuardedImage read, DiskDestination to, Progress progress) {
    // A local file may find its size out as it is written; a stream must know it before.
    boolean local = to instanceof DiskDestination.LocalFile;
    long size = local ? read.header().virtualSize() : sizeOf(read.image(), read.header());
    try (ManifestCheck descriptor = ManifestCheck.of(FlatExtents.descriptorOnly(guarded));
        BlockWriter writer = Writers.open(to, read.sized(size))) {
      // The text of a flat VMDK is no part of the raw disk that the engine reads.
      List<CopyResult.CheckedFile> checked = descriptor.join(progress);
      ImageHeader header = new ImageHeader(read.header().format(), read.header().detail(), size);
      CopyResult copied = CopyEngine.copy(read.image(), header, read.sized(size), writer, progress);
      return with(copied, checked, guarded.warnings());
    } catch (ConversionFailed e) {
      throw room(e, to, read.sized(size));
    } catch (IOException e) {
      throw unwritable(read.image().label(), e);
    }
  }

  private static CopyResult with(
      CopyResult copied, List<CopyResult.CheckedFile> checked, List<String> warnings) {
    List<CopyResult.CheckedFile> files = new ArrayList<>(checked);
    files.addAll(copied.sourceFiles());
    List<String> all = new ArrayList<>(warnings);
    copied.warnings().stream().filter(w -> !all.contains(w)).forEach(all::add);
    return new CopyResult(
        copied.how(), copied.size(), copied.dataBytes(), copied.read(), files, all);
  }

  private static CopyResult copyBlocks(
      String label, BlockReader from, DiskDestination to, Progress progress) {
    try (from;
        BlockWriter writer = Writers.open(to, from.size())) {
      return CopyEngine.copy(label, from, writer, progress);
    } catch (ConversionFailed e) {
      throw room(e, to, from.size());
    } catch (IOException e) {
      throw unwritable(label, e);
    }
  }

  /** A full target is told as such, and not tried again. */
  private static Failure room(ConversionFailed failure, DiskDestination to, long needed) {
    if (!(to instanceof DiskDestination.LocalFile file) || !FullDisk.causes(failure)) {
      return failure;
    }
    TargetFailed full = FullDisk.at(file.path(), needed);
    full.addSuppressed(failure);
    return full;
  }

  /** The bytes of the disk; a compressed raw image that declares no size is read for it. */
  private static long sizeOf(DiskSource.ImageFile image, ImageHeader header) {
    return header.virtualSize() >= 0 ? header.virtualSize() : StreamSize.of(image);
  }

  @Override
  public Verification verify(
      DiskSource source, CopyResult copied, DiskDestination to, Progress progress) {
    if (!(to instanceof DiskDestination.LocalFile file)) {
      return new Verification("sent bytes only", null);
    }
    return new VerifyDisk(qemu, scratch).run(source, copied, file, progress);
  }

  static ConversionFailed unreadable(String label, IOException e) {
    return new ConversionFailed(
        label, "cannot be read", "check that the source is reachable", Retry.WORTHWHILE, e);
  }

  private static ConversionFailed unwritable(String label, IOException e) {
    return new ConversionFailed(
        label, "the copy stopped", "look at the source and the target", Retry.WORTHWHILE, e);
  }
}
