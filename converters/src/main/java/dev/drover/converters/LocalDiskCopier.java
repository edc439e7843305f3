package dev.drover.converters;

import dev.drover.converters.engine.CopyEngine;
import dev.drover.converters.engine.CopyTarget;
import dev.drover.converters.engine.GrainsOutOfOrder;
import dev.drover.converters.guard.GuardedImage;
import dev.drover.converters.guard.HeaderGuard;
import dev.drover.converters.guard.ImageHeader;
import dev.drover.converters.qemu.QemuImg;
import dev.drover.mappings.disk.BlockReader;
import dev.drover.mappings.disk.DiskFormat;
import dev.drover.mappings.disk.DiskSource;
import dev.drover.mappings.failure.ConversionFailed;
import dev.drover.mappings.failure.Retry;
import dev.drover.mappings.progress.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Sends every disk the way that {@link CopyPaths} has for it. */
final class LocalDiskCopier implements DiskCopier {
  private final QemuImg qemu;
  private final Path scratch;
  private final Engine engine;
  private final QemuCopy byQemu;
  private final ImageCopies images;

  LocalDiskCopier(QemuImg qemu, Path scratch, Engine engine) {
    this.qemu = qemu;
    this.scratch = scratch;
    this.engine = engine;
    this.byQemu = new QemuCopy(qemu, scratch);
    this.images = new ImageCopies(qemu, scratch);
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
    if (source instanceof DiskSource.Streamed streamed) {
      // Opening it for a look would give it up; what it declares is checked when it is copied.
      return new Inspection(streamed.declaredFormat(), "stream", streamed.declaredSize().bytes());
    }
    boolean remote = source instanceof DiskSource.Remote;
    try (BlockReader reader = served(source)) {
      return new Inspection(DiskFormat.RAW, remote ? "remote" : "blocks", reader.size());
    } catch (IOException e) {
      throw unreadable(source.label(), e);
    }
  }

  @Override
  public CopyResult copy(DiskSource source, DiskDestination to, Progress progress) {
    return copy(source, to, CopySettings.PLAIN, progress);
  }

  @Override
  public CopyResult copy(
      DiskSource source, DiskDestination to, CopySettings settings, Progress progress) {
    if (source instanceof DiskSource.ImageFile image) {
      return copyImage(image, to, settings, progress);
    }
    if (source instanceof DiskSource.Blank blank) {
      BlockReader zeros = new ZeroReader(blank.size().bytes());
      return copyBlocks(blank, zeros, CopyPath.ZEROS, to, settings, progress);
    }
    if (source instanceof DiskSource.Streamed streamed) {
      return new StreamCopy(streamed, to, settings).run(progress);
    }
    CopyPath path = source instanceof DiskSource.Remote ? CopyPath.REMOTE : CopyPath.BLOCKS;
    return copyBlocks(source, served(source), path, to, settings, progress);
  }

  private static BlockReader served(DiskSource source) {
    return source instanceof DiskSource.Remote remote
        ? RemoteDisks.open(remote)
        : ((DiskSource.Blocks) source).opener().open();
  }

  private CopyResult copyImage(
      DiskSource.ImageFile image, DiskDestination to, CopySettings settings, Progress progress) {
    GuardedImage guarded = HeaderGuard.check(image);
    GuardedImage read = FlatExtents.asRaw(guarded);
    CopyPath path = CopyPaths.of(engine, read);
    ImageCopies.Copy copy = new ImageCopies.Copy(guarded, read, to, settings);
    return switch (path) {
      case QEMU_IMG -> byQemu.copy(guarded, to, settings, progress);
      case ONE_PASS -> onePass(copy, progress);
      default -> images.byTables(copy, progress);
    };
  }

  private CopyResult onePass(ImageCopies.Copy copy, Progress progress) {
    boolean vmdk = copy.read().header().format() == DiskFormat.VMDK;
    if (!vmdk) {
      return FromTheBeginning.run(
          copy.read().size(), progress, attempt -> images.onePass(copy, attempt));
    }
    if (!CopyPaths.promises(copy.guarded()) && copy.begun()) {
      return images.byTables(copy, progress); // what is there already is not even looked through
    }
    long size = copy.read().size();
    Share attempt = new Share(progress, size, size);
    try {
      return FromTheBeginning.run(size, attempt, bar -> images.onePass(copy, bar));
    } catch (GrainsOutOfOrder e) {
      // The target opens again for each attempt, and nothing of this one is left.
      Share rest = new Share(progress, size, size - attempt.told());
      CopyResult copied = images.byTables(copy, rest);
      return copied.by(copied.how() + ", as its grains are not in the order of the disk");
    }
  }

  private static CopyResult copyBlocks(
      DiskSource source,
      BlockReader from,
      CopyPath path,
      DiskDestination to,
      CopySettings settings,
      Progress progress) {
    String label = source.label();
    String identity = RemoteDisks.identity(source, from);
    // Where nobody knows whether the same blocks are served a second time: from the beginning.
    CopySettings kept = identity == null ? new CopySettings(settings.limit(), null) : settings;
    long size = from.size();
    try (from;
        CopyTarget target =
            Targets.open(
                to, size, kept, file -> CopyIdentity.of(String.valueOf(identity), file, size))) {
      return Targets.run(
              label,
              target,
              progress,
              () -> CopyEngine.copy(label, from, size, path.words(), target, List::of, progress))
          .on(path);
    } catch (IOException e) {
      throw unwritable(label, e);
    }
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

  static ConversionFailed unwritable(String label, IOException e) {
    return new ConversionFailed(
        label, "the copy stopped", "look at the source and the target", Retry.WORTHWHILE, e);
  }
}
