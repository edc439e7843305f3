package dev.drover.batch.steps;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.drover.converters.CopySettings;
import dev.drover.converters.DiskCopiers;
import dev.drover.converters.DiskDestination;
import dev.drover.converters.RateLimit;
import dev.drover.mappings.disk.BlockReader;
import dev.drover.mappings.disk.DiskFormat;
import dev.drover.mappings.disk.DiskSource;
import dev.drover.mappings.disk.Extent;
import dev.drover.mappings.plan.RateLimits;
import dev.drover.mappings.plan.RateLimits.Hours;
import dev.drover.mappings.plan.RateLimits.Rates;
import dev.drover.mappings.progress.Progress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Limits that follow the hours of a plan while copies run. */
class CopyLimitsTest {
  private static final int SIZE = 64 << 20;

  private static final RateLimits BY_DAY =
      new RateLimits(
          ZoneOffset.UTC,
          new Rates(3_000_000L, null, 0L),
          List.of(
              new Hours(
                  Set.of(DayOfWeek.values()),
                  LocalTime.of(8, 0),
                  LocalTime.of(18, 0),
                  new Rates(1L, 2L, 4L))));

  @TempDir Path folder = Path.of(".");

  /** Stands still until a test moves it. */
  private static final class Hands extends Clock {
    private volatile Instant now = Instant.parse("2027-01-15T17:59:59Z");

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  /** Counts what is read of it. */
  private record Counted(AtomicLong read, CountDownLatch begun) implements BlockReader {
    @Override
    public long size() {
      return SIZE;
    }

    @Override
    public List<Extent> extents(long offset, long length) {
      return List.of(new Extent(offset, length, Extent.Kind.DATA));
    }

    @Override
    public void read(long offset, ByteBuffer into) {
      read.addAndGet(into.remaining());
      begun.countDown();
      while (into.hasRemaining()) {
        into.put((byte) 7);
      }
    }

    @Override
    public void close() {}
  }

  @Test
  void aCopyUnderWayGoesFasterWhenItsHoursCome() throws Exception {
    assumeTrue(
        Stream.of(System.getenv("PATH").split(":"))
            .anyMatch(bin -> Files.isExecutable(Path.of(bin, "qemu-img"))),
        "qemu-img is missing: apt-get install qemu-utils");
    Hands clock = new Hands();
    RateLimits none = new RateLimits(ZoneOffset.UTC, new Rates(null, null, null), BY_DAY.hours());
    AtomicLong read = new AtomicLong();
    CountDownLatch begun = new CountDownLatch(1);
    Path out = folder.resolve("out.raw");
    try (CopyLimits limits = new CopyLimits(none, clock)) {
      RateLimit limit = limits.disk("esx-1");
      DiskSource source = new DiskSource.Blocks("vm/disk0", null, () -> new Counted(read, begun));
      CompletableFuture<?> copy =
          CompletableFuture.runAsync(
              () ->
                  DiskCopiers.open(folder.resolve("scratch"))
                      .copy(
                          source,
                          new DiskDestination.LocalFile(out, DiskFormat.RAW, false),
                          new CopySettings(limit, null),
                          Progress.NONE));
      begun.await();
      limits.look();
      assertFalse(copy.isDone(), "a byte a second");
      assertTrue(read.get() < SIZE, () -> "read ahead of its limit: " + read);
      clock.now = Instant.parse("2027-01-15T18:00:00Z");
      limits.look();
      copy.get();
    }
    assertEquals(SIZE, read.get());
    byte[] expected = new byte[SIZE];
    java.util.Arrays.fill(expected, (byte) 7);
    assertArrayEquals(expected, Files.readAllBytes(out));
  }

  @Test
  void eachDiskHasItsOwnWithinItsHostWithinTheWave() {
    Hands clock = new Hands();
    try (CopyLimits limits = new CopyLimits(BY_DAY, clock)) {
      RateLimit one = limits.disk("esx-1");
      RateLimit other = limits.disk("esx-1");
      assertEquals(1, one.bytesPerSecond());
      limits.done(other);
      clock.now = Instant.parse("2027-01-15T18:00:00Z");
      limits.look();
      assertEquals(3_000_000, one.bytesPerSecond());
      assertEquals(1, other.bytesPerSecond(), "nobody uses it any more");
      assertEquals(3_000_000, limits.disk("esx-2").bytesPerSecond());
    }
  }
}
