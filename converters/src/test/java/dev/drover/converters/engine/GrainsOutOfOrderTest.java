package dev.drover.converters.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.converters.CopyPath;
import dev.drover.converters.CopyResult;
import dev.drover.converters.DiskCopier;
import dev.drover.converters.DiskCopiers;
import dev.drover.converters.DiskDestination;
import dev.drover.mappings.disk.Compression;
import dev.drover.mappings.disk.DiskFormat;
import dev.drover.mappings.disk.DiskSource;
import dev.drover.mappings.disk.FileDigest;
import dev.drover.mappings.disk.FilePart;
import dev.drover.mappings.failure.ConversionFailed;
import dev.drover.mappings.progress.Progress;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A streamOptimized VMDK that only its tables put in order is left to qemu-img. */
final class GrainsOutOfOrderTest {
  private static final int GRAINS = 130;

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path folder;

  private final byte[] disk = new byte[GRAINS * VmwareStream.GRAIN];

  @BeforeEach
  void makeDisk() throws IOException, InterruptedException {
    QemuImg.ok("--version");
    new Random(4).nextBytes(disk); // noise packs to grains of one size
  }

  /** Changes the places of two grains, in the file and in the table. */
  static byte[] swapped(VmwareStream stream, int one, int other) {
    byte[] file = stream.bytes.clone();
    int size = stream.grainsAt.get(1) - stream.grainsAt.get(0);
    move(stream, stream.grainsAt.get(one), file, stream.grainsAt.get(other), size);
    move(stream, stream.grainsAt.get(other), file, stream.grainsAt.get(one), size);
    ByteBuffer table = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    int at = stream.tablesAt.get(0);
    table.putInt(at + one * 4, stream.grainsAt.get(other) / 512);
    table.putInt(at + other * 4, stream.grainsAt.get(one) / 512);
    return file;
  }

  private static void move(VmwareStream stream, int from, byte[] file, int to, int size) {
    System.arraycopy(stream.bytes, from, file, to, size);
  }

  private DiskSource.ImageFile image(byte[] file, @Nullable FileDigest digest) throws IOException {
    Path path = Files.write(folder.resolve("disk.vmdk"), file);
    FilePart part = new FilePart(path, Compression.NONE, 0, file.length, "disk.vmdk", digest);
    return new DiskSource.ImageFile(
        "vm/disk0", List.of(part), Compression.NONE, DiskFormat.VMDK, null, null, List.of());
  }

  @Test
  void copiesThemByTheirTables() throws IOException {
    DiskSource.ImageFile source = image(swapped(VmwareStream.of(disk), 3, 125), null);
    DiskCopier copier = DiskCopiers.open(folder.resolve("scratch"));
    Path out = folder.resolve("out.raw");
    DiskDestination.LocalFile file = new DiskDestination.LocalFile(out, DiskFormat.RAW, false);
    CopyResult copied = copier.copy(source, file, Progress.NONE);
    assertEquals(CopyPath.IN_PLACE, copied.path());
    assertTrue(copied.how().contains("not in the order"), copied::how);
    assertArrayEquals(disk, Files.readAllBytes(out));
    assertEquals(copied.read(), copier.verify(source, copied, file, Progress.NONE).written());
  }

  @Test
  void checksTheManifestOfThemAllTheSame() throws IOException {
    FileDigest wrong = new FileDigest("SHA-256", "ab".repeat(32));
    DiskSource.ImageFile source = image(swapped(VmwareStream.of(disk), 3, 125), wrong);
    DiskCopier copier = DiskCopiers.open(folder.resolve("scratch"));
    Path out = folder.resolve("out.raw");
    DiskDestination to = new DiskDestination.LocalFile(out, DiskFormat.RAW, false);
    assertThrows(ConversionFailed.class, () -> copier.copy(source, to, Progress.NONE));
    assertFalse(Files.exists(out));
    assertFalse(Files.exists(folder.resolve("out.raw.partial")));
  }
}
