package dev.drover.converters;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.converters.image.ScratchFiles;
import dev.drover.mappings.disk.BlockReader;
import dev.drover.mappings.disk.Compression;
import dev.drover.mappings.disk.DiskFormat;
import dev.drover.mappings.disk.DiskSource;
import dev.drover.mappings.disk.DiskSource.ImageFile;
import dev.drover.mappings.disk.Extent;
import dev.drover.mappings.failure.ConversionFailed;
import dev.drover.mappings.model.ByteSize;
import dev.drover.mappings.progress.Progress;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The facade as the other modules see it, engine and qemu-img behind it. */
final class DiskCopierTest {
  private static final int SIZE = 6 << 20;

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path folder;

  @SuppressWarnings("NullAway.Init")
  private Path raw;

  @SuppressWarnings("NullAway.Init")
  private DiskCopier copier;

  @BeforeEach
  void makeDisk() {
    Images.needQemuImg();
    raw = Images.random(folder.resolve("disk.raw"), 6, 5);
    copier = DiskCopiers.open(folder.resolve("scratch"));
  }

  /** Killed less than a second ago: by its age nobody can tell it from one of this process. */
  @Test
  void whatAKilledProcessLeftGoesHoweverYoung() throws IOException {
    Path scratch = folder.resolve("scratch");
    Path left = Files.createFile(scratch.resolve("disk-1234.unpacked"));
    Path jail = Files.createDirectory(scratch.resolve("jail-1234"));
    Path foreign = Files.createFile(scratch.resolve("notes.txt"));
    try (ScratchFiles files = new ScratchFiles(scratch)) {
      Path own = files.fresh(".unpacked");
      DiskCopiers.open(scratch);
      assertFalse(Files.exists(left), "a file is left");
      assertFalse(Files.exists(jail), "a folder is left");
      assertTrue(Files.exists(own), "another copier's file is gone");
      assertTrue(Files.exists(foreign), "what is not Drover's is gone");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "raw, '', RAW, '', IN_PLACE",
    "vmdk, subformat=streamOptimized, VMDK, streamOptimized, ONE_PASS",
    "vmdk, subformat=monolithicSparse, VMDK, monolithicSparse, IN_PLACE",
    "vdi, '', VDI, dynamic, IN_PLACE",
    "qcow2, compat=1.1, QCOW2, v3, IN_PLACE",
  })
  void inspectsCopiesAndVerifies(
      String driver, String options, DiskFormat format, String detail, CopyPath path)
      throws IOException {
    Path image = folder.resolve("image." + (driver.equals("raw") ? "raw" : "bin"));
    Images.make(raw, image, driver, options.isEmpty() ? new String[0] : new String[] {options});
    ImageFile source = Images.image(image);
    assertEquals(new DiskCopier.Inspection(format, detail, SIZE), copier.inspect(source));
    for (DiskFormat to : List.of(DiskFormat.RAW, DiskFormat.QCOW2)) {
      Path out = folder.resolve("out." + to.extension());
      DiskDestination.LocalFile file = new DiskDestination.LocalFile(out, to, true);
      Told told = new Told();
      CopyResult copied = copier.copy(source, file, told);
      assertEquals(SIZE, told.units.getAndSet(0));
      assertEquals(path, copied.path());
      Verification verified = copier.verify(source, copied, file, told);
      assertEquals(SIZE, told.units.get());
      assertEquals("digest of what was written", verified.how());
      same(raw, out);
      assertScratchIsEmpty();
    }
  }

  /** A record of an older version has a digest without parts, and a resume verifies its disk. */
  @Test
  void verifiesACopyWhoseRecordHasNoPartsOfTheDigest() throws IOException {
    ImageFile source = Images.image(raw);
    DiskDestination.LocalFile file =
        new DiskDestination.LocalFile(folder.resolve("out.raw"), DiskFormat.RAW, false);
    CopyResult copied = copier.copy(source, file, Progress.NONE);
    DiskDigest read = Objects.requireNonNull(copied.read());
    assertFalse(read.parts().isEmpty());
    CopyResult older =
        new CopyResult(
            copied.how(),
            copied.size(),
            copied.dataBytes(),
            new DiskDigest(read.algorithm(), read.hex(), read.size()),
            copied.sourceFiles(),
            copied.warnings());
    assertEquals(read, copier.verify(source, older, file, Progress.NONE).written());
  }

  private static void same(Path left, Path right) {
    String said = Images.run("qemu-img", "compare", left.toString(), right.toString());
    assertTrue(said.contains("identical"), said);
  }

  private void assertScratchIsEmpty() throws IOException {
    try (Stream<Path> left = Files.list(folder.resolve("scratch"))) {
      assertEquals(List.of(), left.toList());
    }
  }

  @Test
  void readsAFlatVmdkAsTheRawDiskThatItIs() {
    Path image = folder.resolve("image.vmdk");
    Images.make(raw, image, "vmdk", "subformat=monolithicFlat");
    ImageFile source =
        Images.image(
            List.of(Images.part(image)),
            Compression.NONE,
            DiskFormat.VMDK,
            List.of(Images.part(folder.resolve("image-flat.vmdk"))));
    Path out = folder.resolve("out.raw");
    DiskDestination.LocalFile file = new DiskDestination.LocalFile(out, DiskFormat.RAW, false);
    CopyResult copied = copier.copy(source, file, Progress.NONE);
    assertNotNull(copied.read());
    same(raw, out);
    assertEquals(
        "digest of what was written", copier.verify(source, copied, file, Progress.NONE).how());
  }

  @ParameterizedTest
  @EnumSource(
      value = DiskFormat.class,
      names = {"RAW", "QCOW2"})
  void findsAChangedByteInWhatWasWritten(DiskFormat to) throws IOException {
    for (String driver : List.of("raw", "vdi")) {
      Path image = Images.make(raw, folder.resolve("image." + driver), driver);
      ImageFile source = Images.image(image);
      Path out = folder.resolve("out");
      DiskDestination.LocalFile file = new DiskDestination.LocalFile(out, to, false);
      CopyResult copied = copier.copy(source, file, Progress.NONE);
      Images.run(
          "qemu-io",
          "-f",
          to == DiskFormat.RAW ? "raw" : "qcow2",
          "-c",
          "write -P 3 2M 512",
          out.toString());
      assertThrows(
          ConversionFailed.class, () -> copier.verify(source, copied, file, Progress.NONE));
    }
  }

  @ParameterizedTest
  @CsvSource({"raw", "vdi", "vhdx"})
  void sendsToAStreamInOrder(String driver) throws IOException {
    ImageFile source = Images.image(Images.make(raw, folder.resolve("image." + driver), driver));
    Received received = new Received();
    DiskDestination.Stream stream = new DiskDestination.Stream("DataVolume x", size -> received);
    Told told = new Told();
    CopyResult copied = copier.copy(source, stream, told);
    assertEquals(SIZE, told.units.get());
    assertTrue(received.committed);
    assertArrayEquals(Files.readAllBytes(raw), received.disk);
    assertEquals(SIZE, copied.size());
    Verification verified = copier.verify(source, copied, stream, Progress.NONE);
    assertEquals("sent bytes only", verified.how());
    assertNull(verified.written());
    assertScratchIsEmpty();
  }

  @Test
  void tellsAStreamTheSizeOfACompressedRawDisk() throws IOException {
    Images.run("gzip", "-k", raw.toString());
    ImageFile source =
        Images.image(
            List.of(Images.part(folder.resolve("disk.raw.gz"))),
            Compression.GZIP,
            DiskFormat.RAW,
            List.of());
    assertEquals(-1, copier.inspect(source).size(), "only a whole pass would tell");
    Received received = new Received();
    copier.copy(
        source,
        new DiskDestination.Stream(
            "DataVolume x",
            size -> {
              assertEquals(SIZE, size);
              return received;
            }),
        Progress.NONE);
    assertArrayEquals(Files.readAllBytes(raw), received.disk);
  }

  @Test
  void makesABlankDisk() throws IOException {
    DiskSource.Blank blank = new DiskSource.Blank("vm/disk1", new ByteSize(60L << 30));
    Path out = folder.resolve("blank.qcow2");
    DiskDestination.LocalFile file = new DiskDestination.LocalFile(out, DiskFormat.QCOW2, false);
    CopyResult copied = copier.copy(blank, file, Progress.NONE);
    assertEquals(60L << 30, copied.size());
    assertEquals(0, copied.dataBytes());
    assertTrue(Files.size(out) < 16 << 20, () -> out + " is not sparse");
    copier.verify(blank, copied, file, Progress.NONE);
  }

  @Test
  void copiesBlocksThatASourceServes() {
    DiskSource.Blocks blocks =
        new DiskSource.Blocks("vm/disk2", null, () -> new ZeroReader(1 << 20));
    assertEquals(1 << 20, copier.inspect(blocks).size());
    Path out = folder.resolve("blocks.raw");
    DiskDestination.LocalFile file = new DiskDestination.LocalFile(out, DiskFormat.RAW, false);
    assertEquals(1 << 20, copier.copy(blocks, file, Progress.NONE).size());
    assertTrue(Files.exists(out));
  }

  @Test
  void refusesAWrongDescriptorOfAFlatVmdkByItsDigest() throws IOException {
    Path image = folder.resolve("image.vmdk");
    Images.make(raw, image, "vmdk", "subformat=monolithicFlat");
    dev.drover.mappings.disk.FilePart text = Images.part(image);
    dev.drover.mappings.disk.FilePart promised =
        new dev.drover.mappings.disk.FilePart(
            text.file(),
            Compression.NONE,
            0,
            text.length(),
            text.name(),
            new dev.drover.mappings.disk.FileDigest("SHA-256", "ab".repeat(32)));
    ImageFile source =
        Images.image(
            List.of(promised),
            Compression.NONE,
            DiskFormat.VMDK,
            List.of(Images.part(folder.resolve("image-flat.vmdk"))));
    Path out = folder.resolve("out.raw");
    assertThrows(
        ConversionFailed.class,
        () ->
            copier.copy(
                source, new DiskDestination.LocalFile(out, DiskFormat.RAW, false), Progress.NONE));
    assertFalse(Files.exists(out));
    assertFalse(Files.exists(folder.resolve("out.raw.partial")));
  }

  @Test
  void copiesSixtySparseTebibytes() throws IOException {
    Path large = folder.resolve("large.qcow2");
    Images.run(
        "qemu-img",
        "create",
        "-q",
        "-f",
        "qcow2",
        "-o",
        "cluster_size=2M",
        large.toString(),
        "60T");
    Path out = folder.resolve("out.qcow2");
    DiskDestination.LocalFile file = new DiskDestination.LocalFile(out, DiskFormat.QCOW2, false);
    CopyResult copied = copier.copy(Images.image(large), file, Progress.NONE);
    assertEquals(60L << 40, copied.size());
    assertTrue(Files.size(out) < 256 << 20, () -> out + " is not sparse");
  }

  @Test
  void namesTheToolsForTheEvidence() {
    assertTrue(DiskCopiers.tools().keySet().containsAll(List.of("drover", "qemu-img")));
  }

  @ParameterizedTest
  @EnumSource(
      value = DiskFormat.class,
      names = {"RAW", "QCOW2"})
  void verifiesASparseTebibyteWithoutReadingItsHoles(DiskFormat to) {
    long size = 1L << 40;
    DiskSource.Blocks blocks = new DiskSource.Blocks("vm/disk0", null, () -> new Dots(size));
    Path out = folder.resolve("tebibyte");
    DiskDestination.LocalFile file = new DiskDestination.LocalFile(out, to, false);
    Told told = new Told();
    CopyResult copied = copier.copy(blocks, file, told);
    assertEquals(size, told.units.getAndSet(0));
    assertEquals(Dots.COUNT * (64L << 10), copied.dataBytes());
    assertEquals(copied.read(), copier.verify(blocks, copied, file, told).written());
    assertEquals(size, told.units.get());
    String format = to == DiskFormat.RAW ? "raw" : "qcow2";
    Images.run("qemu-io", "-f", format, "-c", "write -P 3 700G 512", out.toString());
    assertThrows(ConversionFailed.class, () -> copier.verify(blocks, copied, file, Progress.NONE));
  }

  /** A disk with a few bytes far from each other. */
  private record Dots(long size) implements BlockReader {
    static final int COUNT = 64;

    @Override
    public List<Extent> extents(long offset, long length) {
      List<Extent> extents = new ArrayList<>();
      long step = size / COUNT;
      for (long at = offset; at < offset + length; ) {
        boolean dot = at % step < 512;
        long end = at - at % step + (dot ? 512 : step);
        end = Math.min(end, offset + length);
        extents.add(new Extent(at, end - at, dot ? Extent.Kind.DATA : Extent.Kind.HOLE));
        at = end;
      }
      return extents;
    }

    @Override
    public void read(long offset, ByteBuffer into) {
      while (into.hasRemaining()) {
        into.put((byte) (1 + offset / (size / COUNT)));
      }
    }

    @Override
    public void close() {}
  }

  @Test
  void fillsTheBarWhereTheSourceIsUnpackedFirst() {
    Path image = Images.make(raw, folder.resolve("image.vdi"), "vdi");
    Images.run("gzip", "-k", image.toString());
    ImageFile source =
        Images.image(
            List.of(Images.part(folder.resolve("image.vdi.gz"))),
            Compression.GZIP,
            DiskFormat.VDI,
            List.of());
    Told told = new Told();
    DiskDestination.LocalFile file =
        new DiskDestination.LocalFile(folder.resolve("out.raw"), DiskFormat.RAW, false);
    CopyResult copied = copier.copy(source, file, told);
    assertEquals(SIZE, told.units.getAndSet(0));
    copier.verify(source, copied, file, told);
    assertEquals(SIZE, told.units.getAndSet(0));
    copier.copy(source, new DiskDestination.Stream("x", size -> new Received()), told);
    assertEquals(SIZE, told.units.get());
  }

  /** Adds up what it is told, and takes no children: the bar is the caller's. */
  private static final class Told implements Progress {
    private final AtomicLong units = new AtomicLong();

    @Override
    public Progress child(String label, long childUnits) {
      throw new AssertionError("a second bar: " + label);
    }

    @Override
    public void advance(long more) {
      units.addAndGet(more);
    }

    @Override
    public boolean cancelled() {
      return false;
    }

    @Override
    public void close() {
      throw new AssertionError("closed by somebody else");
    }
  }

  /** Keeps what a stream is given. */
  private static final class Received implements BlockWriter {
    private final byte[] disk = new byte[SIZE];
    private boolean committed;

    @Override
    public void write(long offset, ByteBuffer data) {
      data.get(disk, (int) offset, data.remaining());
    }

    @Override
    public void zero(long offset, long length) {
      // Zeros already.
    }

    @Override
    public void flush() {}

    @Override
    public void commit() {
      committed = true;
    }

    @Override
    public void close() {}
  }
}
