package dev.drover.converters.nbd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.converters.Images;
import dev.drover.mappings.disk.Extent;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against qemu-nbd. */
final class NbdDiskTest {
  private static final int MIB = 1 << 20;

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path folder;

  @SuppressWarnings("NullAway.Init")
  private Path raw;

  @SuppressWarnings("NullAway.Init")
  private Path qcow2;

  @BeforeEach
  void makeDisk() {
    Images.needQemuImg();
    raw = Images.random(folder.resolve("disk.raw"), 24, 4);
    qcow2 = Images.make(raw, folder.resolve("disk.qcow2"), "qcow2");
  }

  private void compare(NbdDisk disk) throws IOException {
    byte[] want = Files.readAllBytes(raw);
    assertEquals(want.length, disk.size());
    Random random = new Random(2);
    for (int i = 0; i < 20; i++) {
      int at = i == 0 ? 0 : random.nextInt(want.length);
      int n = i == 0 ? want.length : 1 + random.nextInt(Math.min(want.length - at, 5 * MIB));
      ByteBuffer into = ByteBuffer.allocate(n + 7).position(3).limit(n + 3);
      disk.read(at, into);
      assertEquals(n + 3, into.position());
      assertEquals(-1, Arrays.mismatch(want, at, at + n, into.array(), 3, n + 3));
      long expected = at;
      for (Extent extent : disk.extents(at, n)) {
        assertEquals(expected, extent.offset());
        expected = extent.end();
        byte[] there = Arrays.copyOfRange(want, (int) extent.offset(), (int) extent.end());
        if (extent.kind() != Extent.Kind.DATA) {
          assertEquals(-1, Arrays.mismatch(there, new byte[there.length]), extent::toString);
        }
      }
      assertEquals(at + n, expected);
    }
  }

  @Test
  void readsOverAUnixSocketAndLearnsOfHoles() throws Exception {
    Path socket = folder.resolve("nbd.sock");
    try (QemuNbd server = QemuNbd.unix(socket, "-f", "qcow2", "-x", "vda", qcow2.toString());
        NbdDisk disk = NbdDisk.open(NbdAddress.unix(socket, "vda"))) {
      compare(disk);
      boolean holes =
          disk.extents(0, disk.size()).stream().anyMatch(e -> e.kind() == Extent.Kind.HOLE);
      assertTrue(holes, "no hole of a disk that has some");
      IOException none =
          assertThrows(IOException.class, () -> NbdDisk.open(NbdAddress.unix(socket, "other")));
      assertTrue(none.toString().contains("other"), none.toString());
    }
  }

  @Test
  void readsOverTcpByItsUri() throws Exception {
    int port = QemuNbd.freePort();
    try (QemuNbd server = QemuNbd.tcp(port, "-f", "raw", raw.toString())) {
      URI uri = URI.create("nbd://127.0.0.1:" + port + "/");
      try (NbdDisk disk = NbdDisk.open(NbdAddress.of(uri, SSLContext.getDefault()))) {
        compare(disk);
      }
    }
  }

  @Test
  void tellsWhatADirtyBitmapMarks() throws Exception {
    Images.run("qemu-img", "bitmap", "--add", qcow2.toString(), "cp1");
    Images.run("qemu-io", "-f", "qcow2", "-c", "write -P 1 3M 128k", qcow2.toString());
    Images.run("qemu-io", "-f", "qcow2", "-c", "write -P 1 20M 64k", qcow2.toString());
    Path socket = folder.resolve("nbd.sock");
    String context = "qemu:dirty-bitmap:cp1";
    try (QemuNbd server = QemuNbd.unix(socket, "-f", "qcow2", "-B", "cp1", qcow2.toString())) {
      try (NbdDisk disk = NbdDisk.open(NbdAddress.unix(socket, "").asking(context))) {
        List<NbdDisk.Run> dirty =
            disk.status(context, 0, disk.size()).stream().filter(r -> r.flags() == 1).toList();
        assertEquals(
            List.of(new NbdDisk.Run(3 * MIB, 128 << 10, 1), new NbdDisk.Run(20 * MIB, 64 << 10, 1)),
            dirty);
      }
      NbdAddress other = NbdAddress.unix(socket, "").asking("qemu:dirty-bitmap:cp2");
      IOException none = assertThrows(IOException.class, () -> NbdDisk.open(other));
      assertTrue(none.toString().contains("cp2"), none.toString());
    }
  }

  @Test
  void readsBehindTlsAndTrustsNobodyElse() throws Exception {
    Path certificates = Certificates.make(folder);
    int port = QemuNbd.freePort();
    try (QemuNbd server =
        QemuNbd.tcp(
            port,
            "--object",
            Certificates.server(certificates),
            "--tls-creds",
            "tls0",
            "-f",
            "raw",
            raw.toString())) {
      NbdAddress address = NbdAddress.tcp("localhost", port, "");
      try (NbdDisk disk = NbdDisk.open(address.with(Certificates.trusted(certificates)))) {
        compare(disk);
      }
      assertThrows(IOException.class, () -> NbdDisk.open(address.with(SSLContext.getDefault())));
      IOException clear = assertThrows(IOException.class, () -> NbdDisk.open(address));
      assertTrue(clear.toString().contains("TLS"), clear.toString());
    }
    int plain = QemuNbd.freePort();
    try (QemuNbd server = QemuNbd.tcp(plain, "-f", "raw", raw.toString())) {
      NbdAddress address = NbdAddress.tcp("localhost", plain, "").with(SSLContext.getDefault());
      IOException refused = assertThrows(IOException.class, () -> NbdDisk.open(address));
      assertTrue(refused.toString().contains("without it nothing"), refused.toString());
    }
  }

  @Test
  void endsWhereTheServerDies() throws Exception {
    Path socket = folder.resolve("nbd.sock");
    try (QemuNbd server = QemuNbd.unix(socket, "-f", "raw", raw.toString());
        NbdDisk disk = NbdDisk.open(NbdAddress.unix(socket, "").within(Duration.ofSeconds(5)))) {
      server.close();
      assertThrows(IOException.class, () -> disk.read(0, ByteBuffer.allocate(MIB)));
      assertThrows(IOException.class, () -> disk.extents(0, MIB));
    }
  }
}
