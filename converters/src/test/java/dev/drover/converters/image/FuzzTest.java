package dev.drover.converters.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.sun.management.ThreadMXBean;
import dev.drover.converters.Images;
import dev.drover.converters.SharedReader;
import dev.drover.converters.guard.HeaderGuard;
import dev.drover.mappings.disk.Compression;
import dev.drover.mappings.disk.DiskFormat;
import dev.drover.mappings.disk.Extent;
import dev.drover.mappings.failure.ConversionFailed;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Changed images are refused with a word, or give the disk that was in them, or that which QEMU
 * reads as well: nothing hangs, nothing takes much memory, nothing is another disk. From seeds that
 * are the same each time; {@code -Ddrover.fuzz.seconds=N} goes on longer.
 */
final class FuzzTest {
  private static final int SECONDS = Integer.getInteger("drover.fuzz.seconds", 2);
  private static final int SIZE = (2 << 20) + 512 * 77;

  /** More than this is read by nobody: only that it comes to an end is looked at. */
  private static final long LARGE = 64 << 20;

  private static final long MEMORY = 96 << 20;

  /** Three changes of eight bytes; a piece that is taken from the wrong place differs in more. */
  private static final int FLIPPED = 24;

  private static final byte[] NOTHING = {};

  private final Path folder;

  FuzzTest(@TempDir Path folder) {
    Images.needQemuImg();
    this.folder = folder;
  }

  @BeforeEach
  void believeLess() {
    System.setProperty("drover.disk.max-tib", "1");
  }

  @AfterEach
  void believeAgain() {
    System.clearProperty("drover.disk.max-tib");
  }

  @ParameterizedTest
  @CsvSource({
    "qcow2, cluster_size=64k",
    "qcow2, 'extended_l2=on,cluster_size=64k'",
    "qcow2, '-c,compression_type=zstd'",
    "vmdk, subformat=monolithicSparse",
    "vmdk, subformat=streamOptimized",
    "vpc, 'subformat=dynamic,force_size=on'",
    "vhdx, block_size=1M",
    "vdi, static=off",
  })
  void refusesOrReadsRightWhatIsChanged(String driver, String options) throws Exception {
    Path raw = Images.random(folder.resolve("disk.raw"), 2, 9);
    Images.run("truncate", "-s", Integer.toString(SIZE), raw.toString());
    Images.patch(raw, SIZE - 20, new byte[] {1, 2, 3});
    byte[] disk = Files.readAllBytes(raw);
    Path image = folder.resolve("image");
    Images.makeAs(raw, image, driver, options);
    Mutator mutator = new Mutator(Files.readAllBytes(image), driver);
    assertEquals(-1, Arrays.mismatch(disk, java.util.Objects.requireNonNull(read(image, driver))));
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    int tried = 0;
    int refused = 0;
    int other = 0;
    while (System.nanoTime() < end) {
      byte[] mutant = mutator.next();
      Files.write(image, mutant);
      tried++;
      int number = tried;
      byte[][] read = new byte[1][];
      assertTimeoutPreemptively(
          Duration.ofSeconds(20),
          () -> {
            read[0] = java.util.Objects.requireNonNullElse(read(image, driver), NOTHING);
          },
          () -> "mutant " + number + " hangs");
      byte[] found = read[0];
      if (found == NOTHING) {
        refused++;
      } else if (Arrays.mismatch(disk, found) >= 0) {
        other++;
        judge(image, driver, disk, found, number);
      }
    }
    System.getLogger("fuzz")
        .log(
            System.Logger.Level.INFO,
            driver
                + " "
                + options
                + ": "
                + tried
                + " tried, "
                + refused
                + " refused, "
                + other
                + " other disks");
    assertTrue(refused > 0 && refused < tried, "of " + tried + " mutants " + refused + " refused");
  }

  /** The disk, or null where it is refused or too large to look at. */
  private static byte @Nullable [] read(Path image, String driver) throws IOException {
    DiskFormat format = Images.format(driver);
    long before = allocated();
    try (SharedReader reader =
        ImageReaders.open(
            HeaderGuard.check(
                Images.image(List.of(Images.part(image)), Compression.NONE, format, List.of())))) {
      long size = reader.size();
      for (long at = 0; at < size; at += 4L << 30) {
        long expected = at;
        for (Extent extent : reader.extents(at, Math.min(4L << 30, size - at))) {
          assertEquals(expected, extent.offset());
          expected = extent.end();
        }
      }
      long took = allocated() - before;
      assertTrue(size > LARGE || took < MEMORY, () -> took + " bytes for a disk of " + size);
      if (size > LARGE) {
        return null;
      }
      ByteBuffer into = ByteBuffer.allocate((int) size);
      reader.read(0, into);
      return into.array();
    } catch (ConversionFailed e) {
      return null;
    }
  }

  private static long allocated() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    return threads.getThreadAllocatedBytes(Thread.currentThread().getId());
  }

  /** What Drover reads and was not in the image is what QEMU reads. */
  private void judge(Path image, String driver, byte[] disk, byte[] found, int number)
      throws Exception {
    Path out = folder.resolve("qemu.raw");
    Files.deleteIfExists(out);
    String options = "driver=" + driver + ",file.driver=file,file.filename=" + image;
    Process qemu =
        new ProcessBuilder(
                "qemu-img",
                "convert",
                "--image-opts",
                "-O",
                "raw",
                options + (driver.equals("vpc") ? ",force_size_calc=current_size" : ""),
                out.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(qemu.getInputStream().readAllBytes());
    if (qemu.waitFor() != 0) {
      if (differing(disk, found) <= FLIPPED) {
        return; // bytes of the disk itself; what QEMU dislikes is no part of the way to it
      }
      keep(image, driver, number);
      fail("mutant " + number + " is another disk, and QEMU refuses it: " + said);
    }
    byte[] other = Files.readAllBytes(out);
    for (int i = 0; i < Math.max(other.length, found.length); i++) {
      byte here = i < found.length ? found[i] : 0;
      byte there = i < other.length ? other[i] : 0;
      // Of a VHD, what its bitmap says was never written is zeros; QEMU does not look at it.
      if (here != there && !(driver.equals("vpc") && here == 0)) {
        keep(image, driver, number);
        fail("mutant " + number + " differs from what QEMU reads at byte " + i);
      }
    }
  }

  private static long differing(byte[] disk, byte[] found) {
    if (disk.length != found.length) {
      return Long.MAX_VALUE;
    }
    return java.util.stream.IntStream.range(0, disk.length)
        .filter(i -> disk[i] != found[i])
        .count();
  }

  private static void keep(Path image, String driver, int number) throws IOException {
    Path kept = Path.of("target", "fuzz-" + driver + "-" + number);
    Files.copy(image, kept, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
  }
}
