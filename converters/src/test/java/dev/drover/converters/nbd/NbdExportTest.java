package dev.drover.converters.nbd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.converters.CopyResult;
import dev.drover.converters.Images;
import dev.drover.converters.KeptCheckpoint;
import dev.drover.converters.RateLimit;
import dev.drover.converters.engine.Checkpoints;
import dev.drover.converters.engine.CopyEngine;
import dev.drover.converters.engine.CopyTarget;
import dev.drover.converters.image.ImageReaders;
import dev.drover.mappings.disk.BlockReader;
import dev.drover.mappings.disk.DiskFormat;
import dev.drover.mappings.disk.Extent;
import dev.drover.mappings.failure.Retry;
import dev.drover.mappings.failure.TargetFailed;
import dev.drover.mappings.progress.Progress;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole disks through qemu-nbd. */
final class NbdExportTest {
  private static final int MIB = 1 << 20;
  private static final int SIZE = 48 * MIB;

  private final Path folder;
  private final Path socket;
  private final Path raw;
  private final Path image;
  private final KeptCheckpoint kept = new KeptCheckpoint();

  NbdExportTest(@TempDir Path folder) {
    this.folder = folder;
    this.socket = folder.resolve("nbd.sock");
    this.raw = folder.resolve("disk.raw");
    this.image = folder.resolve("image");
  }

  @BeforeEach
  void makeDisk() {
    Images.needQemuImg();
    System.setProperty("drover.checkpoint.bytes", Integer.toString(4 * MIB));
    Images.random(raw, SIZE / MIB, 4);
  }

  @AfterEach
  void checkpointAsUsual() {
    System.clearProperty("drover.checkpoint.bytes");
  }

  private void make(String format, String size) {
    Images.run("qemu-img", "create", "-q", "-f", format, image.toString(), size);
  }

  private CopyResult copy(NbdAddress to) throws IOException {
    try (BlockReader from = ImageReaders.written(raw, DiskFormat.RAW, List.of())) {
      return copy(from, to);
    }
  }

  private CopyResult copy(BlockReader from, NbdAddress to) throws IOException {
    Checkpoints checkpoints = new Checkpoints(kept, "this disk", SIZE);
    try (CopyTarget target = CopyTarget.of(NbdExport.open(to), SIZE, RateLimit.NONE, checkpoints)) {
      assertNull(target.anew());
      return CopyEngine.copy("vm/disk0", from, SIZE, "blocks", target, List::of, Progress.NONE);
    }
  }

  private static void isReadBack(NbdAddress address, CopyResult copied) throws IOException {
    try (NbdDisk disk = NbdDisk.open(address)) {
      assertEquals(copied.read(), CopyEngine.digest("export", disk, Progress.NONE));
    }
  }

  @Test
  void writesAQcow2ThatHasTheHolesOfTheDisk() throws Exception {
    make("qcow2", "48M");
    NbdAddress address = NbdAddress.unix(socket, "vda");
    try (QemuNbd server = QemuNbd.writable(socket, "-f", "qcow2", "-x", "vda", image.toString())) {
      CopyResult copied = copy(address);
      assertTrue(copied.warnings().toString().contains("NBD export \"vda\""));
      isReadBack(address, copied);
    }
    Images.run("qemu-img", "check", "-f", "qcow2", image.toString());
    Images.run("qemu-img", "compare", "-F", "raw", "-f", "qcow2", image.toString(), raw.toString());
    long thin = Files.size(Images.make(raw, folder.resolve("thin.qcow2"), "qcow2"));
    assertTrue(Files.size(image) < thin + 2 * MIB, Files.size(image) + " against " + thin);
  }

  @Test
  void writesBehindTls() throws Exception {
    make("raw", "48M");
    Path certificates = Certificates.make(folder);
    int port = QemuNbd.freePort();
    NbdAddress address =
        NbdAddress.tcp("localhost", port, "").with(Certificates.trusted(certificates));
    try (QemuNbd server =
        QemuNbd.writableTcp(
            port,
            "--object",
            Certificates.server(certificates),
            "--tls-creds",
            "tls0",
            "-f",
            "raw",
            image.toString())) {
      isReadBack(address, copy(address));
    }
    assertEquals(-1, Files.mismatch(raw, image));
  }

  @Test
  void writesByTcpIntoWhatHeldSomethingElse() throws Exception {
    make("raw", "48M");
    Images.run("qemu-io", "-f", "raw", "-c", "write -P 0xa5 0 48M", image.toString());
    int port = QemuNbd.freePort();
    try (QemuNbd server = QemuNbd.writableTcp(port, "-f", "raw", image.toString())) {
      copy(NbdAddress.tcp("127.0.0.1", port, ""));
    }
    assertEquals(-1, Files.mismatch(raw, image));
  }

  @Test
  void refusesAnExportForReadingOnly() throws Exception {
    make("raw", "48M");
    try (QemuNbd server = QemuNbd.unix(socket, "-f", "raw", image.toString())) {
      TargetFailed refused =
          assertThrows(TargetFailed.class, () -> copy(NbdAddress.unix(socket, "")));
      assertEquals(Retry.POINTLESS, refused.retry());
      assertTrue(refused.toString().contains("for reading only"), refused.toString());
    }
  }

  @Test
  void refusesAnExportThatIsSmallerThanTheDiskAndLeavesItAsItWas() throws Exception {
    make("raw", "47M");
    Images.run("qemu-io", "-f", "raw", "-c", "write -P 0xa5 0 1M", image.toString());
    byte[] before = Files.readAllBytes(image);
    try (QemuNbd server = QemuNbd.writable(socket, "-f", "raw", image.toString())) {
      TargetFailed refused =
          assertThrows(TargetFailed.class, () -> copy(NbdAddress.unix(socket, "")));
      assertEquals(Retry.POINTLESS, refused.retry());
      assertTrue(refused.toString().contains("at least " + SIZE + " bytes"), refused.toString());
    }
    assertEquals(-1, java.util.Arrays.mismatch(before, Files.readAllBytes(image)));
  }

  @Test
  void saysThatNobodyIsThere() {
    TargetFailed refused =
        assertThrows(TargetFailed.class, () -> copy(NbdAddress.unix(socket, "")));
    assertEquals(Retry.WORTHWHILE, refused.retry());
    assertTrue(refused.toString().contains("nbd.sock"), refused.toString());
  }

  @Test
  void goesOnAfterTheServerWasKilledInTheMiddle() throws Exception {
    make("raw", "48M");
    Images.run("qemu-io", "-f", "raw", "-c", "write -P 7 1M 44M", raw.toString());
    NbdAddress address = NbdAddress.unix(socket, "");
    try (QemuNbd server = QemuNbd.writable(socket, "-f", "raw", image.toString());
        Watched from = new Watched(40 * MIB, server)) {
      TargetFailed died = assertThrows(TargetFailed.class, () -> copy(from, address));
      assertEquals(Retry.WORTHWHILE, died.retry());
      assertTrue(died.toString().contains("vm/disk0"), died.toString());
    }
    assertNotNull(kept.load());
    Files.deleteIfExists(socket);
    try (QemuNbd server = QemuNbd.writable(socket, "-f", "raw", image.toString());
        Watched from = new Watched(Long.MAX_VALUE, server)) {
      isReadBack(address, copy(from, address));
      assertTrue(from.read < 44 * MIB, "read again: " + from.read);
      assertTrue(from.read > MIB, "the server died at the end: " + from.read);
    }
    assertEquals(-1, Files.mismatch(raw, image));
  }

  /** Kills the server when the disk has been read so far. */
  private final class Watched implements BlockReader {
    private final BlockReader disk = ImageReaders.written(raw, DiskFormat.RAW, List.of());
    private final long killAt;
    private final QemuNbd server;
    private long read;

    Watched(long killAt, QemuNbd server) throws IOException {
      this.killAt = killAt;
      this.server = server;
    }

    @Override
    public long size() {
      return disk.size();
    }

    @Override
    public List<Extent> extents(long offset, long length) throws IOException {
      return disk.extents(offset, length);
    }

    @Override
    public void read(long offset, ByteBuffer into) throws IOException {
      read += into.remaining();
      if (read >= killAt) {
        try {
          server.kill();
        } catch (InterruptedException e) {
          throw new IOException(e);
        }
      }
      disk.read(offset, into);
    }

    @Override
    public void close() throws IOException {
      disk.close();
    }
  }

  @Test
  void tellsThatTheServerHasNoRoomLeft() throws Exception {
    make("raw", "48M");
    String full =
        "driver=raw,file.driver=blkdebug,file.inject-error.0.event=pwritev,"
            + "file.inject-error.0.errno=28,file.inject-error.0.sector=40960,"
            + "file.image.driver=file,file.image.filename="
            + image;
    Images.run("qemu-io", "-f", "raw", "-c", "write -P 7 16M 20M", raw.toString());
    try (QemuNbd server = QemuNbd.writable(socket, "--image-opts", full)) {
      TargetFailed failed =
          assertThrows(TargetFailed.class, () -> copy(NbdAddress.unix(socket, "")));
      assertTrue(failed.toString().contains("no space left"), failed.toString());
      assertEquals(Retry.POINTLESS, failed.retry());
    }
  }
}
