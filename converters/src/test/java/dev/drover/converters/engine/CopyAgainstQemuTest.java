package dev.drover.converters.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.drover.converters.CopyResult;
import dev.drover.converters.DiskDestination.LocalFile;
import dev.drover.mappings.disk.DiskFormat;
import dev.drover.mappings.progress.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Random layouts, made and judged by qemu-img, in every way in and every way out. */
class CopyAgainstQemuTest {
  private final Path folder;

  CopyAgainstQemuTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @ParameterizedTest(name = "{0} bytes from seed {1}")
  @CsvSource({
    "512, 1",
    "65536, 2",
    "66048, 3",
    "4194304, 4",
    "4194816, 5",
    "33554432, 6",
    "33620480, 7",
    "20000256, 8",
    "71303168, 9"
  })
  void givesTheSameDiskInEveryFormat(long size, long seed) throws Exception {
    Path raw = folder.resolve("in.raw");
    Disks.random(raw, size, seed);
    Path vmdk = folder.resolve("in.vmdk");
    QemuImg.ok(
        "convert",
        "-f",
        "raw",
        "-O",
        "vmdk",
        "-o",
        "subformat=streamOptimized",
        raw.toString(),
        vmdk.toString());
    String digest = "";
    for (LocalFile to : destinations()) {
      CopyResult fromRaw = Disks.copy(Disks.image(raw), Disks.raw(size), to);
      judge(raw, to, fromRaw);
      CopyResult fromVmdk = Disks.copy(Disks.image(vmdk), Disks.streamOptimized(size), to);
      judge(raw, to, fromVmdk);
      assertEquals(fromRaw.read(), fromVmdk.read());
      String hex = java.util.Objects.requireNonNull(fromRaw.read()).hex();
      assertEquals(digest.isEmpty() ? hex : digest, hex);
      digest = hex;
    }
  }

  private LocalFile[] destinations() {
    return new LocalFile[] {
      Disks.to(folder.resolve("out.raw"), DiskFormat.RAW, false),
      Disks.to(folder.resolve("out.qcow2"), DiskFormat.QCOW2, false),
      Disks.to(folder.resolve("packed.qcow2"), DiskFormat.QCOW2, true)
    };
  }

  private static void judge(Path raw, LocalFile to, CopyResult result)
      throws IOException, InterruptedException {
    QemuImg.assertSame(raw, "raw", to.path(), to.format().extension());
    if (to.format() == DiskFormat.QCOW2) {
      QemuImg.ok("check", "-f", "qcow2", to.path().toString());
    }
    try (var reader = Disks.readBack(to)) {
      assertEquals(result.read(), CopyEngine.digest("vm/disk0", reader, Progress.NONE));
    }
    assertFalse(Files.exists(to.path().resolveSibling(to.path().getFileName() + ".partial")));
  }
}
