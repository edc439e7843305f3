package dev.drover.converters.nbd;

import dev.drover.converters.BlockWriter;
import dev.drover.converters.Images;
import dev.drover.converters.engine.BlockWriterContract;
import dev.drover.converters.engine.CopyEngine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** Writes through qemu-nbd; what became of it is read by qemu-img. */
final class NbdExportContractTest {
  private abstract static class OfAFile extends BlockWriterContract {
    private final Path folder;
    private final String format;
    private final Path image;
    private @Nullable QemuNbd server;

    OfAFile(Path folder, String format) {
      this.folder = folder;
      this.format = format;
      this.image = folder.resolve("disk." + format);
    }

    /** In front of an image of old bytes, a bit larger than the disk. */
    @Override
    protected BlockWriter open() throws Exception {
      Images.needQemuImg();
      Images.run("qemu-img", "create", "-q", "-f", format, image.toString(), "6M");
      Images.run("qemu-io", "-f", format, "-c", "write -P 0xa5 0 6M", image.toString());
      Path socket = folder.resolve("nbd.sock");
      server = QemuNbd.writable(socket, words());
      return CopyEngine.writer(NbdExport.open(NbdAddress.unix(socket, "")), SIZE);
    }

    String[] words() {
      return new String[] {"-f", format, image.toString()};
    }

    Path image() {
      return image;
    }

    /** The server is asked to see what is durable there without it. */
    private byte[] now() throws Exception {
      Path raw = folder.resolve("back.raw");
      Images.run(
          "qemu-img", "convert", "-U", "-f", format, "-O", "raw", image.toString(), raw.toString());
      return Arrays.copyOf(Files.readAllBytes(raw), SIZE);
    }

    @Override
    protected byte[] written() throws Exception {
      stop();
      if (format.equals("qcow2")) {
        Images.run("qemu-img", "check", "-f", "qcow2", image.toString());
      }
      return now();
    }

    @Override
    protected boolean looksLikeADisk() throws Exception {
      byte[] head = Arrays.copyOf(now(), 128 << 10);
      return !Arrays.equals(head, new byte[head.length]);
    }

    @AfterEach
    void stop() throws InterruptedException {
      if (server != null) {
        server.close();
      }
    }
  }

  @Nested
  final class Raw extends OfAFile {
    Raw(@TempDir Path folder) {
      super(folder, "raw");
    }
  }

  @Nested
  final class Qcow2 extends OfAFile {
    Qcow2(@TempDir Path folder) {
      super(folder, "qcow2");
    }
  }

  /** A server that takes whole blocks of 4 KiB only, and no more than 64 KiB at once. */
  @Nested
  final class Blocks extends OfAFile {
    Blocks(@TempDir Path folder) {
      super(folder, "raw");
    }

    @Override
    String[] words() {
      return new String[] {
        "--image-opts",
        "driver=blkdebug,align=4096,max-transfer=65536,image.driver=file,image.filename=" + image()
      };
    }
  }
}
