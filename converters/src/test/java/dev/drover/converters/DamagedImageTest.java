package dev.drover.converters;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.converters.qemu.QemuImg;
import dev.drover.mappings.disk.Compression;
import dev.drover.mappings.disk.DiskFormat;
import dev.drover.mappings.disk.DiskSource.ImageFile;
import dev.drover.mappings.disk.FilePart;
import dev.drover.mappings.failure.ConversionFailed;
import dev.drover.mappings.failure.HostileInput;
import dev.drover.mappings.progress.Progress;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A truncated image, or one whose tables are damaged, is refused or copied right: never done with
 * zeros where data was.
 */
final class DamagedImageTest {
  private static final int MIB = 1 << 20;
  private static final int FLIPS = 24;

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path folder;

  @SuppressWarnings("NullAway.Init")
  private Path raw;

  @SuppressWarnings("NullAway.Init")
  private QemuImg qemu;

  private Engine engine = Engine.DROVER;

  @BeforeEach
  void makeDisk() throws IOException {
    Images.needQemuImg();
    raw = Images.random(folder.resolve("disk.raw"), 5, 3);
    // A disk that ends within a cluster, with data at its end.
    try (FileChannel out = FileChannel.open(raw, StandardOpenOption.WRITE)) {
      byte[] tail = new byte[100_352];
      new Random(9).nextBytes(tail);
      out.write(ByteBuffer.wrap(tail), 5L * MIB);
    }
    Files.createDirectories(folder.resolve("scratch"));
    qemu = QemuImg.find(folder.resolve("scratch"));
  }

  @ParameterizedTest
  @CsvSource({
    "qcow2, compat=0.10",
    "qcow2, compat=1.1",
    "qcow2, cluster_size=512",
    "qcow2, cluster_size=2M",
    "qcow2, extended_l2=on",
    "qcow2, preallocation=metadata",
    "qcow2, '-c,compression_type=zlib'",
    "qcow2, '-c,compression_type=zstd'",
    "vmdk, subformat=monolithicSparse",
    "vmdk, 'subformat=monolithicSparse,zeroed_grain=on'",
    "vmdk, subformat=streamOptimized",
    "vpc, 'subformat=dynamic,force_size=on'",
    "vpc, 'subformat=fixed,force_size=on'",
    "vhdx, subformat=dynamic",
    "vhdx, 'subformat=dynamic,block_size=1M'",
    "vhdx, subformat=fixed",
    "vdi, static=off",
    "vdi, static=on",
  })
  void takesTheWholeImageAndNoPartOfIt(String driver, String options) throws IOException {
    Path image = make(driver, options);
    assertTrue(isRight(image), "the whole image is not copied right");
    byte[] all = Files.readAllBytes(image);
    Path cut = folder.resolve("cut." + driver);
    int refused = 0;
    Set<Integer> lengths = cuts(all.length);
    for (int length : lengths) {
      Files.write(cut, java.util.Arrays.copyOf(all, length));
      // The guard before both ways is the same: qemu-img gets a few of them.
      engine = length % 7 == 0 ? Engine.QEMU_IMG : Engine.DROVER;
      if (isRefusedOrRight(cut, Images.format(driver))) {
        refused++;
      }
    }
    assertTrue(refused > lengths.size() / 2, () -> "of " + lengths.size() + " few are refused");
  }

  private static Set<Integer> cuts(int length) {
    Set<Integer> cuts = new TreeSet<>();
    for (int i = 1; i < 16; i++) {
      cuts.add((int) ((long) length * i / 16));
    }
    for (int less : new int[] {1, 512, 513, 4096, 65_536, 131_072}) {
      cuts.add(Math.max(1, length - less));
    }
    return cuts;
  }

  @ParameterizedTest
  @CsvSource({"twoGbMaxExtentSparse", "twoGbMaxExtentFlat", "monolithicFlat"})
  void takesNoPartOfASplitVmdk(String subformat) throws IOException {
    Path image = make("vmdk", "subformat=" + subformat);
    Path extent;
    try (Stream<Path> files = Files.list(folder)) {
      extent = files.filter(f -> f.getFileName().toString().startsWith("image-")).findFirst().get();
    }
    byte[] all = Files.readAllBytes(extent);
    assertTrue(isRight(split(image, extent)));
    for (int length : cuts(all.length)) {
      Files.write(extent, java.util.Arrays.copyOf(all, length));
      isRefusedOrRight(split(image, extent));
    }
    Files.write(extent, all);
    byte[] text = Files.readAllBytes(image);
    for (int length = 1; length < text.length; length += 23) {
      Files.write(image, java.util.Arrays.copyOf(text, length));
      isRefusedOrRight(split(image, extent));
    }
  }

  private static ImageFile split(Path image, Path extent) {
    return Images.image(
        List.of(Images.part(image)),
        Compression.NONE,
        DiskFormat.VMDK,
        List.of(Images.part(extent)));
  }

  /** The same behind a compression, where only the unpacked file tells. */
  @ParameterizedTest
  @CsvSource({"qcow2", "vmdk", "vpc", "vhdx", "vdi"})
  void looksThroughACompression(String driver) throws IOException {
    Path image = make(driver, "");
    byte[] all = Files.readAllBytes(image);
    Files.write(image, java.util.Arrays.copyOf(all, all.length / 2));
    Images.run("gzip", "-k", image.toString());
    ImageFile packed =
        Images.image(
            List.of(Images.part(folder.resolve("image." + driver + ".gz"))),
            Compression.GZIP,
            Images.format(driver),
            List.of());
    HostileInput refused = assertThrows(HostileInput.class, () -> copy(packed));
    assertEquals(packed.parts().get(0).file(), refused.file());
    assertFalse(refused.toString().contains("scratch"), refused::toString);
  }

  /** A part ends long before the gzip's checksum: whoever stops there never learns of damage. */
  @ParameterizedTest
  @CsvSource({"raw, DROVER", "raw, QEMU_IMG", "qcow2, DROVER"})
  void looksAtTheEndOfACompressedArchive(String driver, Engine by) throws IOException {
    engine = by;
    Path image = driver.equals("raw") ? raw : make(driver, "");
    Path archive = folder.resolve("archive");
    Files.write(archive, Files.readAllBytes(image));
    Files.write(archive, new byte[4 * MIB], StandardOpenOption.APPEND);
    Images.run("gzip", archive.toString());
    Path gz = folder.resolve("archive.gz");
    FilePart inside =
        new FilePart(gz, Compression.GZIP, 0, Files.size(image), "archive!disk.raw", null);
    DiskFormat format = driver.equals("raw") ? DiskFormat.RAW : Images.format(driver);
    ImageFile source = Images.image(List.of(inside), Compression.NONE, format, List.of());
    byte[] all = Files.readAllBytes(gz);
    Images.patch(gz, all.length - 8, new byte[] {(byte) ~all[all.length - 8]});
    Files.setLastModifiedTime(gz, java.nio.file.attribute.FileTime.fromMillis(1));
    assertThrows(ConversionFailed.class, () -> copy(source));
    assertFalse(Files.exists(folder.resolve("out.raw")));
    Images.patch(gz, all.length - 8, new byte[] {all[all.length - 8]});
    assertTrue(isRight(source));
  }

  /** Damage within the tables; the bits that say "nothing here" cannot be told from honest ones. */
  @ParameterizedTest
  @CsvSource({
    "qcow2, compat=1.1",
    "qcow2, cluster_size=4k",
    "qcow2, extended_l2=on",
    "qcow2, '-c,compression_type=zlib'",
    "vmdk, subformat=monolithicSparse",
    "vmdk, subformat=streamOptimized",
    "vpc, 'subformat=dynamic,force_size=on'",
    "vhdx, block_size=1M",
    "vdi, static=off",
  })
  void followsNoDamagedEntry(String driver, String options) throws IOException {
    Path image = make(driver, options);
    byte[] all = Files.readAllBytes(image);
    List<Entry> entries = Tables.of(all, driver);
    assertFalse(entries.isEmpty());
    Random random = new Random(5);
    int refused = 0;
    for (int i = 0; i < FLIPS; i++) {
      Entry entry = entries.get(random.nextInt(entries.size()));
      engine = i % 6 == 0 && !options.contains("streamOptimized") ? Engine.QEMU_IMG : Engine.DROVER;
      int bit = entry.lowest() + random.nextInt(entry.highest() - entry.lowest() + 1);
      int at = entry.at() + (entry.big() ? entry.size() - 1 - bit / 8 : bit / 8);
      Images.patch(image, at, new byte[] {(byte) (all[at] ^ 1 << bit % 8)});
      if (isRefusedOrRight(image, Images.format(driver))) {
        refused++;
      }
      Images.patch(image, at, new byte[] {all[at]});
    }
    assertTrue(refused > FLIPS / 2, refused + " of " + FLIPS + " are refused");
  }

  /** An entry in use, and its bits that hold a place. */
  private record Entry(int at, int size, boolean big, int lowest, int highest) {}

  /** Finds the entries in use of an image that qemu-img made. */
  private static final class Tables {
    private final ByteBuffer image;
    private final List<Entry> found = new ArrayList<>();

    private Tables(byte[] all, ByteOrder order) {
      image = ByteBuffer.wrap(all).order(order);
    }

    static List<Entry> of(byte[] all, String driver) {
      boolean big = driver.equals("qcow2") || driver.equals("vpc");
      Tables tables = new Tables(all, big ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
      switch (driver) {
        case "qcow2" -> tables.qcow2();
        case "vmdk" -> tables.vmdk();
        case "vpc" -> tables.add(1536, tables.image.getInt(512 + 28), new Entry(0, 4, true, 0, 31));
        case "vdi" ->
            tables.add(
                tables.image.getInt(0x154),
                tables.image.getInt(0x180),
                new Entry(0, 4, false, 0, 31));
        default -> tables.add(vhdxTable(tables.image), 6, new Entry(0, 8, false, 3, 63));
      }
      return tables.found;
    }

    private static int vhdxTable(ByteBuffer image) {
      for (int region = 0; region < 2; region++) {
        int at = (192 << 10) + 16 + region * 32;
        if (image.getInt(at) == 0x2dc27766) {
          return (int) image.getLong(at + 16);
        }
      }
      throw new IllegalStateException("no block table");
    }

    private void qcow2() {
      int cluster = 1 << image.getInt(20);
      boolean extended = image.getInt(4) == 3 && (image.getLong(72) & 16) != 0;
      int l1 = (int) image.getLong(40);
      add(l1, image.getInt(36), new Entry(0, 8, true, 9, 55));
      for (int i = 0; i < image.getInt(36); i++) {
        int l2 = (int) (image.getLong(l1 + i * 8) & 0xfffffffffffe00L);
        int step = extended ? 16 : 8;
        for (int at = l2; l2 > 0 && at < l2 + cluster; at += step) {
          boolean packed = (image.getLong(at) & 1L << 62) != 0;
          // Below a sector, what is compressed tells only itself.
          add(at, 1, new Entry(0, 8, true, 9, packed ? 61 : 55));
        }
      }
    }

    private void vmdk() {
      int directory = (int) image.getLong(56) * 512;
      int tables = (int) ((image.getLong(12) - 1) / (128 * 512) + 1);
      add(directory, tables, new Entry(0, 4, false, 0, 31));
      for (int i = 0; i < tables; i++) {
        add(image.getInt(directory + i * 4) * 512, 512, new Entry(0, 4, false, 0, 31));
      }
    }

    private void add(int at, int count, Entry like) {
      for (int i = 0; i < count; i++) {
        int here = at + i * like.size();
        long entry = like.size() == 4 ? image.getInt(here) : image.getLong(here);
        if (entry != 0 && entry != -1) {
          found.add(new Entry(here, like.size(), like.big(), like.lowest(), like.highest()));
        }
      }
    }
  }

  @Test
  void namesTheFileAndTheEntry() throws IOException {
    Path image = make("vmdk", "subformat=monolithicSparse");
    ByteBuffer all = ByteBuffer.wrap(Files.readAllBytes(image)).order(ByteOrder.LITTLE_ENDIAN);
    int table = all.getInt((int) all.getLong(56) * 512) * 512;
    Images.patch(image, table, new byte[] {-1, -1, -1, 0x7f});
    HostileInput refused = assertThrows(HostileInput.class, () -> copy(Images.image(image)));
    assertEquals(image, refused.file());
    assertEquals(table, refused.offset());
    assertTrue(refused.toString().contains("copy the file again"), refused::toString);
  }

  private Path make(String driver, String options) {
    Path image = folder.resolve("image." + driver);
    return Images.makeAs(raw, image, driver, options);
  }

  private boolean isRefusedOrRight(Path image, DiskFormat declared) throws IOException {
    return isRefusedOrRight(
        Images.image(List.of(Images.part(image)), Compression.NONE, declared, List.of()));
  }

  /** True where it is refused; fails where it is copied wrong. */
  private boolean isRefusedOrRight(ImageFile image) throws IOException {
    try {
      FilePart part = image.parts().get(0);
      assertTrue(isRight(image), () -> part + " is done, and is another disk");
      return false;
    } catch (ConversionFailed refused) {
      return true;
    }
  }

  private boolean isRight(Path image) throws IOException {
    return isRight(Images.image(image));
  }

  /** Whether the copy begins as the disk does, and holds zeros behind it. */
  private boolean isRight(ImageFile image) throws IOException {
    Path out = copy(image);
    byte[] want = Files.readAllBytes(raw);
    byte[] got = Files.readAllBytes(out);
    Files.delete(out);
    boolean sameStart =
        got.length >= want.length
            && java.util.Arrays.equals(got, 0, want.length, want, 0, want.length);
    for (int i = want.length; i < got.length; i++) {
      sameStart &= got[i] == 0;
    }
    return sameStart;
  }

  private Path copy(ImageFile image) {
    Path out = folder.resolve("out.raw");
    DiskCopier by = new LocalDiskCopier(qemu, folder.resolve("scratch"), engine);
    by.copy(image, new DiskDestination.LocalFile(out, DiskFormat.RAW, false), Progress.NONE);
    return out;
  }
}
