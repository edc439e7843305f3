package dev.drover.converters;

import dev.drover.converters.engine.CopyEngine;
import dev.drover.converters.guard.HeaderGuard;
import dev.drover.converters.image.ImageReaders;
import dev.drover.converters.qemu.BlockNode;
import dev.drover.converters.qemu.QemuImg;
import dev.drover.converters.qemu.SourceNode;
import dev.drover.mappings.disk.BlockReader;
import dev.drover.mappings.disk.DiskFormat;
import dev.drover.mappings.disk.DiskSource;
import dev.drover.mappings.disk.Extent;
import dev.drover.mappings.failure.ConversionFailed;
import dev.drover.mappings.progress.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads a written file back and compares it with what was read. */
final class VerifyDisk {
  private static final Logger LOG = LoggerFactory.getLogger(VerifyDisk.class);

  /** Bytes of zeros that are read and hashed in the time that a program takes to start. */
  private static final long READ_WHOLE = 64 << 20;

  private final QemuImg qemu;
  private final Path scratch;

  VerifyDisk(QemuImg qemu, Path scratch) {
    this.qemu = qemu;
    this.scratch = scratch;
  }

  Verification run(
      DiskSource source, CopyResult copied, DiskDestination.LocalFile file, Progress progress) {
    if (copied.read() != null) {
      DiskDigest written = digest(source.label(), file, progress);
      if (!written.isOfTheSame(copied.read())) {
        throw differs(source.label(), file);
      }
      return new Verification("digest of what was written", written);
    }
    long size = copied.size();
    Share comparing = new Share(progress, size, size / 2);
    compare((DiskSource.ImageFile) source, file, comparing);
    comparing.close();
    Share digesting = new Share(progress, size, size - size / 2);
    DiskDigest written = digestIfReadable(source.label(), file, digesting);
    digesting.close();
    return new Verification("qemu-img compare", written);
  }

  private void compare(
      DiskSource.ImageFile image, DiskDestination.LocalFile file, Progress progress) {
    // Unpacking tells nothing here: the comparison is what takes long.
    Progress quiet = new Share(progress, 0, 0);
    try (SourceNode again = SourceNode.open(HeaderGuard.check(image), scratch, quiet)) {
      boolean same =
          qemu.compare(
              image.label(),
              again.node(),
              QemuImg.written(file.path(), file.format()),
              again.size(),
              progress);
      if (!same) {
        throw differs(image.label(), file);
      }
    }
  }

  /**
   * For the evidence only; a qcow2 that qemu-img wrote may have features beyond Drover's reader.
   */
  private @Nullable DiskDigest digestIfReadable(
      String label, DiskDestination.LocalFile file, Progress progress) {
    try {
      return digest(label, file, progress);
    } catch (ConversionFailed e) {
      if (progress.cancelled()) {
        throw e;
      }
      LOG.info("{} is verified, but no digest of it can be recorded: {}", file.path(), e.what());
      return null;
    }
  }

  private DiskDigest digest(String label, DiskDestination.LocalFile file, Progress progress) {
    try (BlockReader reader =
        ImageReaders.written(file.path(), file.format(), holes(label, file, progress))) {
      return CopyEngine.digest(label, reader, progress);
    } catch (IOException e) {
      throw LocalDiskCopier.unreadable(file.path().toString(), e);
    }
  }

  /**
   * Asked of the file system, as only it tells where something was written: what Drover means to
   * have left out is what is to be verified. Java has no way to ask, so it is a program a disk, and
   * a small disk is read whole in less time.
   */
  private List<Extent> holes(String label, DiskDestination.LocalFile file, Progress progress)
      throws IOException {
    return file.format() == DiskFormat.RAW && Files.size(file.path()) > READ_WHOLE
        ? qemu.map(label, BlockNode.raw(file.path()), progress)
        : List.of();
  }

  private static ConversionFailed differs(String label, DiskDestination.LocalFile file) {
    return new ConversionFailed(
        label,
        file.path() + " is not what was read from the source",
        "copy the disk again; if it stays so, test the memory and the storage of this machine");
  }
}
