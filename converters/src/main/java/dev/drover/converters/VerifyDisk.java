package dev.drover.converters;

import dev.drover.converters.engine.CopyEngine;
import dev.drover.converters.guard.HeaderGuard;
import dev.drover.converters.qemu.QemuImg;
import dev.drover.converters.qemu.SourceNode;
import dev.drover.mappings.disk.BlockReader;
import dev.drover.mappings.disk.DiskSource;
import dev.drover.mappings.failure.ConversionFailed;
import dev.drover.mappings.progress.Progress;
import java.io.IOException;
import java.nio.file.Path;

/** Reads a written file back and compares it with what was read. */
final class VerifyDisk {
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
      if (!written.equals(copied.read())) {
        throw differs(source.label(), file);
      }
      return new Verification("digest of what was written", written);
    }
    compare((DiskSource.ImageFile) source, file, progress);
    return new Verification("qemu-img compare", digest(source.label(), file, Progress.NONE));
  }

  private void compare(
      DiskSource.ImageFile image, DiskDestination.LocalFile file, Progress progress) {
    try (SourceNode again = SourceNode.open(HeaderGuard.check(image), scratch, progress)) {
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

  private static DiskDigest digest(
      String label, DiskDestination.LocalFile file, Progress progress) {
    try (BlockReader reader = CopyEngine.readBack(file)) {
      return CopyEngine.digest(label, reader, progress);
    } catch (IOException e) {
      throw LocalDiskCopier.unreadable(file.path().toString(), e);
    }
  }

  private static ConversionFailed differs(String label, DiskDestination.LocalFile file) {
    return new ConversionFailed(
        label,
        file.path() + " is not what was read from the source",
        "copy the disk again; if it stays so, test the memory and the storage of this machine");
  }
}
