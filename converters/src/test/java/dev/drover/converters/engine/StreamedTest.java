package dev.drover.converters.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.converters.CopyPath;
import dev.drover.converters.CopyResult;
import dev.drover.converters.CopySettings;
import dev.drover.converters.DiskCopier;
import dev.drover.converters.DiskCopiers;
import dev.drover.converters.DiskDestination.LocalFile;
import dev.drover.converters.Images;
import dev.drover.converters.KeptCheckpoint;
import dev.drover.converters.RateLimit;
import dev.drover.mappings.disk.DiskFormat;
import dev.drover.mappings.disk.DiskSource;
import dev.drover.mappings.failure.ConversionFailed;
import dev.drover.mappings.failure.Failure;
import dev.drover.mappings.failure.Retry;
import dev.drover.mappings.failure.SourceFailed;
import dev.drover.mappings.model.ByteSize;
import dev.drover.mappings.progress.Progress;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Images that a source gives once, from the first byte to the last. */
final class StreamedTest {
  private static final int MIB = 1 << 20;
  private static final int SIZE = 41 * MIB + 1536;

  private final Path folder;
  private final Path raw;
  private final DiskCopier copier;
  private final LocalFile to;
  private final KeptCheckpoint kept = new KeptCheckpoint();
  private byte[] disk = new byte[0];

  StreamedTest(@TempDir Path folder) {
    this.folder = folder;
    this.raw = folder.resolve("disk.raw");
    Images.needQemuImg();
    this.copier = DiskCopiers.open(folder.resolve("scratch"));
    this.to = Disks.to(folder.resolve("out.raw"), DiskFormat.RAW, false);
  }

  @BeforeEach
  void makeDisk() throws IOException {
    System.setProperty("drover.checkpoint.bytes", Integer.toString(4 * MIB));
    Disks.random(raw, SIZE, 17);
    disk = Files.readAllBytes(raw);
  }

  @AfterEach
  void forget() {
    System.clearProperty("drover.checkpoint.bytes");
  }

  /** The forms that exist: by qemu-img, by VMware, and without any. */
  private enum Form {
    QEMU,
    VMWARE,
    RAW;

    byte[] of(Path raw, Path scratch) throws IOException {
      return switch (this) {
        case RAW -> Files.readAllBytes(raw);
        case VMWARE -> VmwareStream.of(Files.readAllBytes(raw)).bytes;
        case QEMU ->
            Files.readAllBytes(Images.make(raw, scratch, "vmdk", "subformat=streamOptimized"));
      };
    }

    DiskFormat format() {
      return this == RAW ? DiskFormat.RAW : DiskFormat.VMDK;
    }
  }

  private byte[] bytes(Form form) throws IOException {
    return form.of(raw, folder.resolve("made"));
  }

  private static DiskSource.Streamed streamed(
      DiskFormat format, long size, DiskSource.StreamOpener opener) {
    return new DiskSource.Streamed("web-1/disk0", format, new ByteSize(size), opener);
  }

  private static DiskSource.Streamed streamed(Form form, byte[] bytes) {
    return streamed(form.format(), SIZE, () -> new ByteArrayInputStream(bytes));
  }

  private CopyResult copy(DiskSource.Streamed source, Progress progress) {
    return copier.copy(source, to, new CopySettings(RateLimit.NONE, kept), progress);
  }

  private ConversionFailed refused(DiskSource.Streamed source) throws IOException {
    ConversionFailed refusal =
        assertThrows(ConversionFailed.class, () -> copy(source, Progress.NONE));
    assertFalse(Files.exists(to.path()));
    return refusal;
  }

  private void nothingIsLeft() throws IOException {
    assertFalse(Files.exists(folder.resolve("out.raw.partial")));
    assertEquals(null, kept.load());
    scratchIsEmpty();
  }

  private void scratchIsEmpty() throws IOException {
    try (Stream<Path> left = Files.list(folder.resolve("scratch"))) {
      assertEquals(List.of(), left.toList());
    }
  }

  @ParameterizedTest
  @CsvSource({"QEMU, RAW", "QEMU, QCOW2", "VMWARE, RAW", "VMWARE, QCOW2", "RAW, RAW", "RAW, QCOW2"})
  void copiesInOnePassWhatQemuWouldConvert(Form form, DiskFormat target) throws Exception {
    byte[] image = bytes(form);
    AtomicInteger opened = new AtomicInteger();
    AtomicInteger closed = new AtomicInteger();
    DiskSource.Streamed source =
        streamed(
            form.format(),
            SIZE,
            () -> {
              opened.incrementAndGet();
              return new ByteArrayInputStream(image) {
                @Override
                public void close() {
                  closed.incrementAndGet();
                }
              };
            });
    LocalFile file = Disks.to(folder.resolve("out"), target, false);
    CopySettings settings = new CopySettings(RateLimit.NONE, kept);
    CopyResult copied = copier.copy(source, file, settings, Progress.NONE);
    assertEquals(CopyPath.ONE_PASS, copied.path());
    assertTrue(copied.how().contains("from a stream"), copied::how);
    assertEquals(1, opened.get());
    assertEquals(1, closed.get());
    QemuImg.assertSame(raw, "raw", file.path(), target.name().toLowerCase());
    assertEquals(copied.read(), copier.verify(source, copied, file, Progress.NONE).written());
    nothingIsLeft();
  }

  @Test
  void leavesAStreamAloneThatIsOnlyInspected() {
    DiskSource.Streamed source =
        streamed(
            DiskFormat.VMDK,
            SIZE,
            () -> {
              throw new AssertionError("closing it would give the disk up");
            });
    assertEquals(SIZE, copier.inspect(source).size());
  }

  @Test
  void refusesWhatTheSourceDeclaresOtherwise() throws Exception {
    byte[] vmdk = bytes(Form.VMWARE);
    for (long size : new long[] {SIZE - 512, SIZE + 512, 512}) {
      ConversionFailed other =
          refused(streamed(DiskFormat.VMDK, size, () -> new ByteArrayInputStream(vmdk)));
      assertTrue(other.what().contains("its source declares " + size), other::what);
    }
    Path plain = Images.make(raw, folder.resolve("plain"), "vmdk");
    Path qcow2 = Images.make(raw, folder.resolve("qcow2"), "qcow2");
    for (byte[] other :
        List.of(Files.readAllBytes(plain), Files.readAllBytes(qcow2), disk, new byte[0])) {
      refused(streamed(Form.VMWARE, other));
    }
    refused(streamed(DiskFormat.QCOW2, SIZE, () -> Files.newInputStream(qcow2)));
    nothingIsLeft();
  }

  @ParameterizedTest
  @EnumSource(Form.class)
  void refusesMoreThanWasPromisedAndSaysWhere(Form form) throws Exception {
    byte[] image = bytes(form);
    byte[] more = Arrays.copyOf(image, image.length + 513);
    more[more.length - 1] = 1;
    ConversionFailed refusal = refused(streamed(form, more));
    assertTrue(refusal.subject().startsWith("web-1/disk0 at byte "), refusal::subject);
    assertEquals(Retry.POINTLESS, refusal.retry());
    nothingIsLeft();
  }

  @Test
  void refusesGrainsOutOfOrderAtTheFirstAndSaysWhatToDo() throws Exception {
    byte[] noise = new byte[SIZE];
    new Random(4).nextBytes(noise); // noise packs to grains of one size
    VmwareStream stream = VmwareStream.of(noise);
    byte[] swapped = GrainsOutOfOrderTest.swapped(stream, 3, 125);
    ConversionFailed refusal = refused(streamed(Form.VMWARE, swapped));
    assertTrue(refusal.remedy().contains("export the VM to files"), refusal::remedy);
    assertTrue(refusal.subject().endsWith("byte " + stream.grainsAt.get(4)), refusal::subject);
    nothingIsLeft();
  }

  /** The end may come early because the connection did; only the source knows. */
  @ParameterizedTest
  @EnumSource(Form.class)
  void callsAStreamThatIsCutAnywhereWorthAnotherTry(Form form) throws Exception {
    byte[] image = bytes(form);
    for (int i = 1; i < 12; i++) {
      byte[] cut = Arrays.copyOf(image, (int) ((long) image.length * i / 12));
      ConversionFailed failure = refused(streamed(form, cut));
      assertEquals(Retry.WORTHWHILE, failure.retry(), failure::toString);
    }
    copy(streamed(form, image), Progress.NONE);
    assertArrayEquals(disk, Files.readAllBytes(to.path()));
    nothingIsLeft();
  }

  /** Breaks behind so many bytes, as a connection does. */
  private static InputStream reset(byte[] image, int after) {
    return new FilterInputStream(new ByteArrayInputStream(image)) {
      private int left = after;

      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        if (left == 0) {
          throw new SocketException("Connection reset");
        }
        int n = super.read(into, offset, Math.min(left, length));
        left -= Math.max(0, n);
        return n;
      }
    };
  }

  @ParameterizedTest
  @EnumSource(Form.class)
  void goesOnWhereAConnectionBroke(Form form) throws Exception {
    byte[] image = bytes(form);
    Random random = new Random(form.ordinal());
    List<Integer> breaks = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      breaks.add(random.nextInt(image.length));
    }
    breaks.sort(null);
    for (int after : breaks) {
      ConversionFailed failure = refused(streamed(form.format(), SIZE, () -> reset(image, after)));
      assertEquals(Retry.WORTHWHILE, failure.retry(), failure::toString);
      assertTrue(failure.toString().contains("Connection reset"), failure::toString);
    }
    assertTrue(kept.load() != null && Files.exists(folder.resolve("out.raw.partial")));
    First first = new First();
    CopyResult copied = copy(streamed(form, image), first);
    assertTrue(first.told > 8 * MIB, () -> "it went on at " + first.told);
    assertArrayEquals(disk, Files.readAllBytes(to.path()));
    assertEquals(copied.read(), copier.verify(streamed(form, image), copied, to, first).written());
    assertEquals(List.of(), copied.warnings());
    nothingIsLeft();
  }

  /** What is told first is what was done before. */
  private static class First implements Progress {
    private volatile long told;

    @Override
    public Progress child(String label, long units) {
      return this;
    }

    @Override
    public void advance(long units) {
      told = told == 0 ? units : told;
    }

    @Override
    public boolean cancelled() {
      return false;
    }

    @Override
    public void close() {}
  }

  @ParameterizedTest
  @EnumSource(Form.class)
  void passesOverWhatIsDoneWithoutDecodingIt(Form form) throws Exception {
    List<Long> put = new ArrayList<>();
    ChunkSource.Sink sink =
        new ChunkSource.Sink() {
          @Override
          public Cursor begin() {
            return new Cursor(5L * TreeDigest.CHUNK, 0, 0);
          }

          @Override
          public Chunk take(long offset, int length) {
            Chunk chunk = new Chunk(TreeDigest.CHUNK);
            chunk.offset = offset;
            chunk.length = length;
            return chunk;
          }

          @Override
          public void put(Chunk chunk) {
            put.add(chunk.offset);
          }

          @Override
          public void passed(long offset) {}
        };
    try (ImageStream in = new ImageStream(streamed(form, bytes(form)))) {
      ChunkSource source =
          form == Form.RAW ? new RawImage(in, SIZE, true) : new StreamOptimized(in, SIZE);
      source.produce(sink);
    }
    assertEquals(5L * TreeDigest.CHUNK, put.get(0));
    assertTrue(put.size() > 3, put::toString);
  }

  @ParameterizedTest
  @EnumSource(Form.class)
  void beginsAgainAndSaysSoWhereTheSourceHasChanged(Form form) throws Exception {
    byte[] image = bytes(form);
    refused(streamed(form.format(), SIZE, () -> reset(image, image.length - MIB)));
    assertTrue(kept.load() != null);
    disk[6 * MIB] ^= 1;
    Files.write(raw, disk);
    byte[] changed = bytes(form);
    CopyResult copied = copy(streamed(form, changed), Progress.NONE);
    assertArrayEquals(disk, Files.readAllBytes(to.path()));
    assertTrue(copied.warnings().toString().contains("has changed"), copied.warnings()::toString);
    nothingIsLeft();
  }

  @Test
  void endsAStreamThatHangsWhenTheUserStopsTheCopy() throws Exception {
    CountDownLatch closed = new CountDownLatch(1);
    CountDownLatch reading = new CountDownLatch(1);
    InputStream hangs =
        new InputStream() {
          @Override
          public int read() {
            reading.countDown();
            while (true) {
              try {
                closed.await(); // as a socket does: deaf to interrupts
                return -1;
              } catch (InterruptedException e) {
                continue;
              }
            }
          }

          @Override
          public void close() {
            closed.countDown();
          }
        };
    Progress stops =
        new First() {
          @Override
          public boolean cancelled() {
            return reading.getCount() == 0;
          }
        };
    ConversionFailed stopped =
        assertThrows(
            ConversionFailed.class, () -> copy(streamed(DiskFormat.RAW, SIZE, () -> hangs), stops));
    assertTrue(stopped.what().contains("interrupted"), stopped::what);
    closed.await();
    nothingIsLeft();
  }

  @Test
  void passesOnWhatTheSourceItselfSays() {
    SourceFailed told = new SourceFailed("web-1", "the lease is gone", "run again");
    Failure met =
        assertThrows(
            SourceFailed.class,
            () ->
                copy(
                    streamed(
                        DiskFormat.VMDK,
                        SIZE,
                        () -> {
                          throw told;
                        }),
                    Progress.NONE));
    assertEquals(told.what(), met.what());
  }
}
