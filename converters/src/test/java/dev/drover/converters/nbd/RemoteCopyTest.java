package dev.drover.converters.nbd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.converters.CopyPath;
import dev.drover.converters.CopyResult;
import dev.drover.converters.DiskCopier;
import dev.drover.converters.DiskCopiers;
import dev.drover.converters.DiskDestination;
import dev.drover.converters.Images;
import dev.drover.mappings.disk.DiskFormat;
import dev.drover.mappings.disk.DiskSource;
import dev.drover.mappings.failure.ConversionFailed;
import dev.drover.mappings.failure.Retry;
import dev.drover.mappings.progress.Progress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk of a server through the door that everybody uses. */
final class RemoteCopyTest {
  @Test
  void copiesAndVerifiesADiskOfAnNbdServer(@TempDir Path folder) throws Exception {
    Images.needQemuImg();
    Path raw = Images.random(folder.resolve("disk.raw"), 16, 3);
    Path socket = folder.resolve("nbd.sock");
    DiskCopier copier = DiskCopiers.open(folder.resolve("scratch"));
    URI address = URI.create("nbd+unix:///vda?socket=" + socket);
    DiskSource.Remote remote = new DiskSource.Remote("vm/disk0", address, "cp1");
    DiskDestination.LocalFile to =
        new DiskDestination.LocalFile(folder.resolve("out.raw"), DiskFormat.RAW, false);
    try (QemuNbd server = QemuNbd.unix(socket, "-f", "raw", "-x", "vda", raw.toString())) {
      assertEquals(16 << 20, copier.inspect(remote).size());
      CopyResult copied = copier.copy(remote, to, Progress.NONE);
      assertEquals(CopyPath.REMOTE, copied.path());
      assertEquals(-1, Files.mismatch(raw, to.path()));
      assertEquals(copied.read(), copier.verify(remote, copied, to, Progress.NONE).written());
    }
    Files.delete(to.path());
    ConversionFailed gone =
        assertThrows(ConversionFailed.class, () -> copier.copy(remote, to, Progress.NONE));
    assertEquals(Retry.WORTHWHILE, gone.retry());
    assertTrue(gone.toString().contains("nbd.sock"), gone.toString());
  }

  @Test
  void saysWhichAddressesItTakes(@TempDir Path folder) {
    Images.needQemuImg();
    DiskCopier copier = DiskCopiers.open(folder.resolve("scratch"));
    for (String odd : new String[] {"ftp://host/disk", "nbd+unix:///vda", "nbd:///x"}) {
      DiskSource.Remote remote = new DiskSource.Remote("vm/disk0", URI.create(odd), null);
      ConversionFailed refused =
          assertThrows(ConversionFailed.class, () -> copier.inspect(remote), odd);
      assertEquals(Retry.POINTLESS, refused.retry());
    }
  }
}
