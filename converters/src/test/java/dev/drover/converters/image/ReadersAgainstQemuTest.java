package dev.drover.converters.image;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.drover.converters.Images;
import dev.drover.converters.SharedReader;
import dev.drover.converters.guard.HeaderGuard;
import dev.drover.mappings.disk.Compression;
import dev.drover.mappings.disk.DiskFormat;
import dev.drover.mappings.disk.DiskSource.ImageFile;
import dev.drover.mappings.disk.Extent;
import dev.drover.mappings.disk.FilePart;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every reader gives the bytes that qemu-img put into the image, wherever it is asked. */
final class ReadersAgainstQemuTest {
  private final Path folder;

  ReadersAgainstQemuTest(@TempDir Path folder) {
    Images.needQemuImg();
    this.folder = folder;
  }

  @ParameterizedTest
  @CsvSource({
    "qcow2, compat=0.10",
    "qcow2, cluster_size=512",
    "qcow2, cluster_size=2M",
    "qcow2, extended_l2=on",
    "qcow2, 'extended_l2=on,cluster_size=2M'",
    "qcow2, preallocation=full",
    "qcow2, '-c,compression_type=zlib'",
    "qcow2, '-c,compression_type=zlib,cluster_size=4k'",
    "qcow2, '-c,compression_type=zstd'",
    "qcow2, '-c,compression_type=zstd,cluster_size=2M'",
    "vmdk, subformat=monolithicSparse",
    "vmdk, 'subformat=monolithicSparse,zeroed_grain=on'",
    "vmdk, subformat=streamOptimized",
    "vpc, 'subformat=dynamic,force_size=on'",
    "vpc, 'subformat=fixed,force_size=on'",
    "vhdx, block_size=1M",
    "vhdx, block_size=32M",
    "vhdx, subformat=fixed",
    "vdi, static=off",
    "vdi, static=on",
    "raw, ''",
  })
  void givesWhatQemuImgWroteFromAFileAndFromTheMiddleOfAnother(String driver, String options)
      throws IOException {
    int seed = (driver + options).hashCode();
    // 7 MiB and a bit: no multiple of a cluster, a grain or a block.
    byte[] disk = disk(seed, (7 << 20) + 512 * (1 + Math.floorMod(seed, 100)));
    Path raw = Files.write(folder.resolve("disk.raw"), disk);
    Path image = make(raw, driver, options);
    try (SharedReader reader = open(whole(image), driver)) {
      compare(disk, reader, seed);
    }
    Path tar = folder.resolve("tar");
    byte[] bytes = Files.readAllBytes(image);
    byte[] around = new byte[bytes.length + 10_000];
    System.arraycopy(bytes, 0, around, 1537, bytes.length);
    Files.write(tar, around);
    FilePart inside = new FilePart(tar, Compression.NONE, 1537, bytes.length, "a.ova!disk", null);
    try (SharedReader reader = open(List.of(inside), driver)) {
      compare(disk, reader, seed + 1);
    }
    int cut = 70_001;
    List<FilePart> chunks =
        List.of(
            new FilePart(tar, Compression.NONE, 1537, cut, "a", null),
            new FilePart(tar, Compression.NONE, 1537 + cut, bytes.length - cut, "b", null));
    try (SharedReader reader = open(chunks, driver)) {
      compare(disk, reader, seed + 2);
    }
  }

  private Path make(Path raw, String driver, String options) {
    Path image = folder.resolve("image." + driver);
    if (driver.equals("raw")) {
      return raw;
    }
    return Images.makeAs(raw, image, driver, options);
  }

  private static List<FilePart> whole(Path file) {
    return List.of(Images.part(file));
  }

  private static SharedReader open(List<FilePart> parts, String driver) throws IOException {
    DiskFormat format = Images.format(driver);
    ImageFile image = Images.image(parts, Compression.NONE, format, List.of());
    return ImageReaders.open(HeaderGuard.check(image));
  }

  /** Noise, text, zeros and holes in runs of any length. */
  private static byte[] disk(long seed, int size) {
    byte[] disk = new byte[size];
    Random random = new Random(seed);
    for (int at = 0; at < size; ) {
      int n = Math.min(size - at, 1 + random.nextInt(1 << (9 + random.nextInt(12))));
      int kind = random.nextInt(4);
      for (int i = 0; i < n && kind < 2; i++) {
        disk[at + i] = (byte) (kind == 0 ? random.nextInt() : "some text ".charAt(i % 10));
      }
      at += n;
    }
    disk[size - 1] = 77;
    return disk;
  }

  /** At random places and lengths; zeros are where the extents say so. */
  private static void compare(byte[] disk, SharedReader reader, long seed) throws IOException {
    assertEquals(disk.length, reader.size());
    Random random = new Random(seed);
    for (int i = 0; i < 60; i++) {
      int at = i == 0 ? 0 : random.nextInt(disk.length);
      int n = i == 0 ? disk.length : 1 + random.nextInt(Math.min(disk.length - at, 1 << 20));
      ByteBuffer into = ByteBuffer.allocate(n);
      reader.read(at, into);
      assertEquals(-1, Arrays.mismatch(Arrays.copyOfRange(disk, at, at + n), into.array()));
      long expected = at;
      for (Extent extent : reader.extents(at, n)) {
        assertEquals(expected, extent.offset());
        expected = extent.end();
        if (extent.kind() != Extent.Kind.DATA) {
          byte[] there = Arrays.copyOfRange(disk, (int) extent.offset(), (int) extent.end());
          assertEquals(-1, Arrays.mismatch(there, new byte[there.length]), extent::toString);
        }
      }
      assertEquals(at + n, expected);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "qcow2, ''",
    "qcow2, extended_l2=on",
    "vmdk, subformat=monolithicSparse",
    "vmdk, subformat=twoGbMaxExtentSparse",
  })
  void putsADeltaOnALongerOrShorterParentAndKeepsItsZeros(String driver, String options)
      throws IOException {
    Path base = Files.write(folder.resolve("base.raw"), disk(1, 5 << 20));
    Path parent = folder.resolve("parent." + driver);
    String option = options.isEmpty() ? "cluster_size=64k" : options;
    Images.make(base, parent, driver, option);
    Path delta = folder.resolve("delta." + driver);
    Images.run(
        "qemu-img",
        "create",
        "-q",
        "-f",
        driver,
        "-o",
        option,
        "-F",
        driver,
        "-b",
        parent.toString(),
        delta.toString(),
        driver.equals("qcow2") ? "6M" : "5M");
    Images.run(
        "qemu-io",
        "-f",
        driver,
        "-c",
        "write -P 9 1M 70k",
        "-c",
        "write -z 2M 1M",
        "-c",
        "write -P 8 4M 512",
        delta.toString());
    Path expected = folder.resolve("expected.raw");
    Images.run("qemu-img", "convert", "-O", "raw", delta.toString(), expected.toString());
    DiskFormat format = DiskFormat.valueOf(driver.toUpperCase());
    ImageFile below = Images.image(whole(parent), Compression.NONE, format, siblings("parent-"));
    ImageFile chain =
        new ImageFile(
            "vm/disk0", whole(delta), Compression.NONE, format, null, below, siblings("delta-"));
    try (SharedReader reader = ImageReaders.open(HeaderGuard.check(chain))) {
      compare(Files.readAllBytes(expected), reader, 5);
    }
  }

  private List<FilePart> siblings(String prefix) throws IOException {
    List<FilePart> all = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      files
          .filter(f -> f.getFileName().toString().startsWith(prefix))
          .sorted()
          .forEach(f -> all.add(Images.part(f)));
    }
    return all;
  }

  /** Every sector of a VHD that was never written reads as zeros, whatever stands in its place. */
  @Test
  void honoursTheSectorBitmapOfAVhd() throws IOException {
    byte[] disk = disk(3, 4 << 20);
    Path raw = Files.write(folder.resolve("disk.raw"), disk);
    Path image = make(raw, "vpc", "subformat=dynamic,force_size=on");
    ByteBuffer all = ByteBuffer.wrap(Files.readAllBytes(image));
    int table = (int) all.getLong(512 + 16);
    int bitmap = all.getInt(table) * 512;
    // Sectors 3 and 8 to 15 of the first block.
    Images.patch(image, bitmap, new byte[] {(byte) 0b1110_1111, 0});
    Arrays.fill(disk, 3 * 512, 4 * 512, (byte) 0);
    Arrays.fill(disk, 8 * 512, 16 * 512, (byte) 0);
    try (SharedReader reader = open(whole(image), "vpc")) {
      compare(disk, reader, 1);
    }
  }
}
