package dev.drover.converters.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.converters.BlockWriter;
import dev.drover.converters.CopyResult;
import dev.drover.converters.DiskDestination.LocalFile;
import dev.drover.converters.file.PartialFile;
import dev.drover.mappings.disk.BlockReader;
import dev.drover.mappings.disk.DiskFormat;
import dev.drover.mappings.disk.Extent;
import dev.drover.mappings.failure.ConversionFailed;
import dev.drover.mappings.failure.Retry;
import dev.drover.mappings.failure.TargetFailed;
import dev.drover.mappings.progress.Progress;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Writers, readers of what they wrote, and copies from block to block. */
class WritersTest {
  private static final long TIB = 1L << 40;

  private final Path folder;

  WritersTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @ParameterizedTest(name = "{0}, compressed: {1}")
  @CsvSource({"RAW, false", "QCOW2, false", "QCOW2, true"})
  void takesPiecesOfAnySizeAtAnyPlace(DiskFormat format, boolean compress) throws Exception {
    long size = 40_000_000L / 512 * 512;
    Path raw = folder.resolve("disk.raw");
    Disks.random(raw, size, 21);
    ByteBuffer disk = ByteBuffer.wrap(Files.readAllBytes(raw));
    LocalFile to = Disks.to(folder.resolve("out"), format, compress);
    Random random = new Random(4);
    try (BlockWriter writer = CopyEngine.writer(to, size)) {
      for (int at = 0; at < size; ) {
        int n = (int) Math.min(size - at, 1 + random.nextInt(1 << (1 + random.nextInt(20))));
        ByteBuffer piece = disk.duplicate().limit(at + n).position(at);
        writer.write(at, piece);
        assertFalse(piece.hasRemaining());
        at += n;
      }
      writer.commit();
    }
    QemuImg.assertSame(raw, "raw", to.path(), format.extension());
    if (format == DiskFormat.QCOW2) {
      QemuImg.ok("check", "-f", "qcow2", to.path().toString());
    }
  }

  @ParameterizedTest(name = "{0} bytes, compressed: {1}")
  @CsvSource({
    "68169720922112, false",
    "68169720922112, true",
    "1099511627776, false",
    "536870912, true",
    "536871424, false",
    "512, true"
  })
  void writesQcow2OfAnySizeInNoTimeWhereItIsEmpty(long size, boolean compress) throws Exception {
    LocalFile to = Disks.to(folder.resolve("out.qcow2"), DiskFormat.QCOW2, compress);
    byte[] mark = "here".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    List<Long> places = new ArrayList<>(List.of(0L));
    if (size > 512) {
      places.add(size - 512);
    }
    if (size >= TIB) {
      places.add(1, TIB / 2 + 12345 * 512L);
    }
    BlockReader sparse = new Marks(size, places, mark);
    CopyResult result;
    try (BlockWriter writer = CopyEngine.writer(to, size)) {
      result = Disks.copy(sparse, writer);
    }
    assertEquals(size, result.size());
    QemuImg.ok("check", "-f", "qcow2", to.path().toString());
    assertTrue(
        QemuImg.ok("info", "-f", "qcow2", to.path().toString()).contains("(" + size + " bytes)"));
    try (BlockReader reader = Disks.readBack(to)) {
      assertEquals(result.read(), CopyEngine.digest("sparse", reader, Progress.NONE));
    }
  }

  /** Refcount blocks end every 2 GiB of the file; here they end within compressed clusters. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void keepsTheRefcountsRightWhereAFileIsLargerThanARefcountBlock(boolean compress)
      throws Exception {
    Path path = folder.resolve("counts.qcow2");
    long data = (2L << 30) + (256 << 20);
    byte[] bytes = new byte[1 << 20];
    // Half of each cluster is noise: the file grows by half a cluster at least.
    long disk = compress ? data / 2 : data;
    try (PartialFile file = PartialFile.create(path, -1)) {
      Qcow2Space space = new Qcow2Space(file);
      space.allocate();
      Qcow2Tables tables = new Qcow2Tables(file, space, Qcow2Format.tables(disk));
      space.allocateRow((int) ((2L << 30) / Qcow2Format.CLUSTER) - 70);
      Qcow2Clusters clusters =
          compress
              ? new CompressedClusters(file, space, tables)
              : new PlainClusters(file, space, tables);
      Random random = new Random(9);
      for (int i = 0; i < 16; i++) {
        for (int c = 0; c < 16; c++) {
          byte[] noise = new byte[40_000];
          random.nextBytes(noise);
          System.arraycopy(noise, 0, bytes, c * Qcow2Format.CLUSTER, noise.length);
        }
        clusters.write((long) i << 20, ByteBuffer.wrap(bytes));
      }
      clusters.finish();
      long l1 = tables.finish(Qcow2Format.tables(disk));
      Qcow2Space.Table refcounts = space.finish();
      file.write(
          0,
          ByteBuffer.wrap(
              Qcow2Format.header(disk, l1, refcounts.offset(), refcounts.clusters(), compress)));
      file.commit();
    }
    // The clusters that were skipped are leaks and nothing else is wrong: exit code 3, no errors.
    QemuImg.Outcome check = QemuImg.run("check", "--output=json", "-f", "qcow2", path.toString());
    assertEquals(3, check.exit(), check.output());
    assertFalse(check.output().contains("\"corruptions\""), check.output());
    assertTrue(check.output().contains("\"leaks\": 32698"), check.output());
  }

  @Test
  void readsBackOnlyWhatIsNoHoleWhereTheHolesAreKnown() throws Exception {
    LocalFile to = Disks.to(folder.resolve("out.raw"), DiskFormat.RAW, false);
    long size = 6 * TIB;
    try (BlockWriter writer = CopyEngine.writer(to, size)) {
      Disks.copy(new Marks(size, List.of(0L, TIB), new byte[] {1}), writer);
    }
    List<Extent> holes =
        List.of(
            new Extent(0, 65536, Extent.Kind.DATA),
            new Extent(65536, TIB - 65536, Extent.Kind.HOLE),
            new Extent(TIB + 65536, size - TIB - 65536, Extent.Kind.HOLE));
    try (BlockReader reader = Disks.readBack(to, holes.toArray(new Extent[0]))) {
      assertEquals(
          CopyEngine.digest("a", new Marks(size, List.of(0L, TIB), new byte[] {1}), Progress.NONE),
          CopyEngine.digest("b", reader, Progress.NONE));
    }
  }

  @ParameterizedTest
  @CsvSource({"RAW", "QCOW2"})
  void leavesNothingWithoutACommitAndReplacesWhatAKilledProcessLeft(DiskFormat format)
      throws IOException {
    LocalFile to = Disks.to(folder.resolve("out"), format, false);
    Path partial = Files.writeString(folder.resolve("out.partial"), "of a killed process");
    try (BlockWriter writer = CopyEngine.writer(to, 1 << 20)) {
      writer.write(0, ByteBuffer.wrap(new byte[] {1, 2, 3}));
      writer.flush();
      assertTrue(Files.exists(partial));
    }
    assertFalse(Files.exists(partial));
    assertFalse(Files.exists(to.path()));
  }

  @ParameterizedTest
  @CsvSource({"RAW", "QCOW2"})
  void refusesWritesBackwardsAndBehindTheEnd(DiskFormat format) throws IOException {
    LocalFile to = Disks.to(folder.resolve("out"), format, false);
    try (BlockWriter writer = CopyEngine.writer(to, 1024)) {
      writer.write(0, ByteBuffer.allocate(512));
      assertThrows(IOException.class, () -> writer.write(0, ByteBuffer.allocate(512)));
      assertThrows(IOException.class, () -> writer.write(512, ByteBuffer.allocate(513)));
      assertThrows(IOException.class, () -> writer.zero(1024, 1));
      assertThrows(IOException.class, () -> writer.zero(512, Long.MAX_VALUE));
    }
  }

  @Test
  void saysWhichFolderIsMissing() {
    LocalFile to = Disks.to(folder.resolve("none/out.raw"), DiskFormat.RAW, false);
    TargetFailed failure = assertThrows(TargetFailed.class, () -> CopyEngine.writer(to, 512));
    assertEquals(Retry.POINTLESS, failure.retry());
    assertTrue(failure.toString().contains("none"), failure.toString());
  }

  @Test
  void namesTheDiskAndTheByteWhereTheTargetIsFull() throws IOException {
    Path raw = folder.resolve("disk.raw");
    Disks.random(raw, 20 << 20, 5);
    BlockWriter full =
        new Sink() {
          @Override
          public void write(long offset, ByteBuffer data) throws IOException {
            if (offset >= 8 << 20) {
              throw new IOException("No space left on device");
            }
          }
        };
    TargetFailed failure =
        assertThrows(
            TargetFailed.class,
            () -> Disks.copy(Disks.image(raw), Disks.raw(20 << 20), full, Progress.NONE));
    assertEquals(Retry.POINTLESS, failure.retry());
    assertTrue(failure.toString().contains("vm/disk0"), failure.toString());
    assertTrue(failure.toString().contains("No space left on device"), failure.toString());
  }

  @Test
  void stopsWhenTheUserSaysSoAndLeavesTheWriterUncommitted() throws IOException {
    Path raw = folder.resolve("disk.raw");
    Disks.random(raw, 64 << 20, 6);
    AtomicLong written = new AtomicLong();
    Sink sink =
        new Sink() {
          @Override
          public void write(long offset, ByteBuffer data) {
            written.addAndGet(data.remaining());
          }
        };
    Progress stop = Progress.unseen(() -> written.get() >= 8 << 20);
    ConversionFailed failure =
        assertThrows(
            ConversionFailed.class,
            () -> Disks.copy(Disks.image(raw), Disks.raw(64 << 20), sink, stop));
    assertTrue(failure.toString().contains("interrupted"), failure.toString());
    assertTrue(written.get() < 32 << 20, "it went on: " + written.get());
    assertFalse(sink.committed);
  }

  @Test
  void refusesAReaderWhoseExtentsHaveGaps() {
    BlockReader torn =
        new Marks(1 << 20, List.of(), new byte[0]) {
          @Override
          public List<Extent> extents(long offset, long length) {
            return List.of(new Extent(offset, length - 1, Extent.Kind.HOLE));
          }
        };
    assertThrows(ConversionFailed.class, () -> CopyEngine.digest("torn", torn, Progress.NONE));
  }

  /** Zeros with marks at some places. */
  private static class Marks implements BlockReader {
    private final long size;
    private final List<Long> places;
    private final byte[] mark;

    Marks(long size, List<Long> places, byte[] mark) {
      this.size = size;
      this.places = places;
      this.mark = mark;
    }

    @Override
    public long size() {
      return size;
    }

    @Override
    public List<Extent> extents(long offset, long length) {
      List<Extent> extents = new ArrayList<>();
      long at = offset;
      for (long place : places) {
        if (place >= offset && place < offset + length) {
          if (place > at) {
            extents.add(new Extent(at, place - at, Extent.Kind.HOLE));
          }
          extents.add(new Extent(place, 512, Extent.Kind.DATA));
          at = place + 512;
        }
      }
      if (at < offset + length) {
        extents.add(new Extent(at, offset + length - at, Extent.Kind.ZERO));
      }
      return extents;
    }

    @Override
    public void read(long offset, ByteBuffer into) {
      assertTrue(places.contains(offset), "reads a hole at " + offset);
      into.put(mark).put(new byte[into.remaining()]);
    }

    @Override
    public void close() {}
  }

  /** Takes everything. */
  private static class Sink implements BlockWriter {
    boolean committed;

    @Override
    public void write(long offset, ByteBuffer data) throws IOException {}

    @Override
    public void zero(long offset, long length) {}

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
