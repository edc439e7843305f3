package dev.drover.converters.engine;

import dev.drover.converters.BlockWriter;
import dev.drover.converters.DiskDestination.LocalFile;
import dev.drover.mappings.disk.DiskFormat;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** The writers of files; what they wrote is read by qemu-img. */
final class FileWriterContractTest {
  private abstract static class OfAFile extends BlockWriterContract {
    private final Path folder;
    private final LocalFile to;

    OfAFile(Path folder, DiskFormat format, boolean compress) {
      this.folder = folder;
      this.to = Disks.to(folder.resolve("out"), format, compress);
    }

    @Override
    protected BlockWriter open() {
      return CopyEngine.writer(to, SIZE);
    }

    @Override
    protected byte[] written() throws Exception {
      Path raw = folder.resolve("back.raw");
      String format = to.format().extension();
      QemuImg.ok("convert", "-f", format, "-O", "raw", to.path().toString(), raw.toString());
      return Files.readAllBytes(raw);
    }

    @Override
    protected boolean looksLikeADisk() {
      return Files.exists(to.path());
    }
  }

  @Nested
  final class Raw extends OfAFile {
    Raw(@TempDir Path folder) {
      super(folder, DiskFormat.RAW, false);
    }
  }

  @Nested
  final class Qcow2 extends OfAFile {
    Qcow2(@TempDir Path folder) {
      super(folder, DiskFormat.QCOW2, false);
    }
  }

  @Nested
  final class CompressedQcow2 extends OfAFile {
    CompressedQcow2(@TempDir Path folder) {
      super(folder, DiskFormat.QCOW2, true);
    }
  }
}
