package dev.drover.converters;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.mappings.failure.ConversionFailed;
import dev.drover.mappings.progress.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A copy that was stopped or killed goes on in the middle, and gives the same disk. */
final class ResumeTest {
  private static final int MIB = 1 << 20;
  private static final int SIZE = 96 * MIB + 512;

  /** Kills of each way; more by hand. */
  private static final int KILLS = Integer.getInteger("drover.kills", 2);

  private final Path folder;
  private final Path raw;

  ResumeTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    this.raw = folder.resolve("disk.raw");
  }

  @BeforeEach
  void makeDisk() throws IOException {
    Images.needQemuImg();
    System.setProperty("drover.checkpoint.bytes", Long.toString(6L * MIB));
    byte[] disk = new byte[SIZE];
    Random random = new Random(8);
    for (int at = 0; at + MIB <= SIZE; at += MIB) {
      byte[] noise = new byte[MIB / 2];
      random.nextBytes(noise);
      if (random.nextInt(6) > 0) {
        System.arraycopy(noise, 0, disk, at, noise.length); // half of it compressible
      }
    }
    Files.write(raw, disk);
  }

  @AfterEach
  void forget() {
    System.clearProperty("drover.checkpoint.bytes");
  }

  private CopyToKill.Task task(String driver, String options, boolean promised, String to)
      throws Exception {
    Path image = raw;
    if (!driver.equals("raw")) {
      image = folder.resolve("image." + driver);
      Images.makeAs(raw, image, driver, options);
    }
    String sha256 =
        promised
            ? HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(image)))
            : "none";
    String format = Images.format(driver).name();
    return new CopyToKill.Task(image, format, sha256, folder.resolve("out"), to);
  }

  @ParameterizedTest
  @CsvSource({
    "raw, '', false, RAW",
    "raw, '', true, QCOW2",
    "vmdk, subformat=streamOptimized, false, RAW",
    "vmdk, subformat=streamOptimized, true, RAW",
    "qcow2, '-c,compression_type=zlib', true, PACKED",
    "vhdx, '', false, QCOW2",
  })
  void goesOnAfterAKillAnywhere(String driver, String options, boolean promised, String to)
      throws Exception {
    CopyToKill.Task task = task(driver, options, promised, to);
    Random random = new Random(driver.hashCode() + KILLS);
    int resumed = 0;
    int whole = 0;
    for (int kills = 0; kills < KILLS || !Files.exists(folder.resolve("out.partial")); ) {
      if (runAndKill(task, random.nextInt(200))) {
        kills++;
        resumed += task.checkpoint().load() == null ? 0 : 1;
      } else {
        same(task); // many kills take more than one copy
        Files.delete(task.out());
        whole++;
      }
    }
    assertTrue(resumed > 0, "no kill met a copy that had saved how far it is");
    System.out.printf("%s: %d kills met a saved copy, %d copies ended%n", driver, resumed, whole);
    assertTrue(Files.exists(folder.resolve("out.partial")));
    AtomicLong told = new AtomicLong(-1);
    DiskCopier copier = DiskCopiers.open(folder.resolve("scratch"));
    CopyResult copied =
        copier.copy(
            task.source(),
            task.destination(),
            new CopySettings(RateLimit.NONE, task.checkpoint()),
            new FirstStep(told));
    assertTrue(told.get() >= 4 * MIB, "it began anew: " + told);
    same(task);
    assertEquals(
        copied.read(),
        copier.verify(task.source(), copied, task.destination(), Progress.NONE).written());
    assertFalse(Files.exists(folder.resolve("checkpoint")));
    assertFalse(Files.exists(folder.resolve("out.partial")));
  }

  private void same(CopyToKill.Task task) {
    String format = task.to().equals("RAW") ? "raw" : "qcow2";
    String out = task.out().toString();
    Images.run("qemu-img", "compare", "-f", "raw", "-F", format, raw.toString(), out);
    if (format.equals("qcow2")) {
      Images.run("qemu-img", "check", "-f", "qcow2", out);
    }
  }

  /** Starts the copy and kills it some time after it has saved how far it is; false if too late. */
  private boolean runAndKill(CopyToKill.Task task, int millisLater) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "-Ddrover.checkpoint.bytes=" + 6 * MIB,
                CopyToKill.class.getName(),
                task.image().toString(),
                task.format(),
                task.sha256(),
                task.out().toString(),
                task.to(),
                Long.toString(48L * MIB))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    int before = saved();
    long end = System.nanoTime() + 60_000_000_000L;
    // So that each kill meets a copy that has come further than the one before.
    while (process.isAlive() && System.nanoTime() < end && saved() == before) {
      Thread.sleep(10);
    }
    Thread.sleep(millisLater);
    boolean killed = process.isAlive();
    process.destroyForcibly();
    killed &= process.waitFor() != 0;
    String log = Files.readString(folder.resolve("log"));
    assertFalse(log.contains("Exception in"), log);
    return killed;
  }

  private int saved() throws IOException {
    Path file = folder.resolve("checkpoint");
    return Files.exists(file) ? (int) Files.getLastModifiedTime(file).toMillis() : 0;
  }

  /** What is told at once is what was done before. */
  private record FirstStep(AtomicLong first) implements Progress {
    @Override
    public Progress child(String label, long units) {
      return this;
    }

    @Override
    public void advance(long units) {
      first.compareAndSet(-1, units);
    }

    @Override
    public boolean cancelled() {
      return false;
    }

    @Override
    public void close() {}
  }

  @Test
  void keepsThePartialWhereTheUserStopsItAndReadsLittleAgain() throws Exception {
    CopyToKill.Task task = task("vhdx", "", false, "RAW");
    stopAt(task, 60 * MIB);
    assertTrue(Files.exists(folder.resolve("out.partial")));
    AtomicLong told = new AtomicLong(-1);
    copy(task, new FirstStep(told));
    // Six MiB between two checkpoints, and what is on the line.
    assertTrue(told.get() > 20 * MIB, () -> "it went on at " + told);
    same(task);
  }

  private void stopAt(CopyToKill.Task task, long bytes) {
    AtomicLong done = new AtomicLong();
    Progress stops =
        new Progress() {
          @Override
          public Progress child(String label, long units) {
            return this;
          }

          @Override
          public void advance(long units) {
            done.addAndGet(units);
          }

          @Override
          public boolean cancelled() {
            return done.get() >= bytes;
          }

          @Override
          public void close() {}
        };
    assertThrows(ConversionFailed.class, () -> copy(task, stops));
  }

  private CopyResult copy(CopyToKill.Task task, Progress progress) throws IOException {
    return DiskCopiers.open(folder.resolve("scratch"))
        .copy(
            task.source(),
            task.destination(),
            new CopySettings(RateLimit.NONE, task.checkpoint()),
            progress);
  }

  /** Another size or time, another header, another destination: nothing of the old is believed. */
  @ParameterizedTest
  @CsvSource({"TIME", "BYTES", "CHECKPOINT", "PARTIAL"})
  void beginsAgainWhereSomethingHasChanged(String what) throws Exception {
    CopyToKill.Task task = task("raw", "", false, "RAW");
    stopAt(task, 60 * MIB);
    switch (what) {
      case "TIME" -> Files.setLastModifiedTime(raw, FileTime.fromMillis(1_000_000));
      case "BYTES" -> {
        FileTime time = Files.getLastModifiedTime(raw);
        Images.patch(raw, 100, "changed".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        Files.setLastModifiedTime(raw, time);
      }
      case "CHECKPOINT" -> Images.patch(folder.resolve("checkpoint"), 90, new byte[] {1, 2, 3});
      default -> Files.delete(folder.resolve("out.partial"));
    }
    AtomicLong told = new AtomicLong(-1);
    copy(task, new FirstStep(told));
    assertTrue(told.get() <= 8 * MIB, () -> "it went on at " + told);
    assertEquals(-1, Files.mismatch(raw, task.out()));
  }

  @Test
  void keepsNothingOfASourceThatIsNotWhatItsManifestPromises() throws Exception {
    CopyToKill.Task task =
        new CopyToKill.Task(raw, "RAW", "ab".repeat(32), folder.resolve("out"), "QCOW2");
    assertThrows(ConversionFailed.class, () -> copy(task, Progress.NONE));
    try (Stream<Path> left = Files.list(folder)) {
      List<String> names = left.map(p -> p.getFileName().toString()).sorted().toList();
      assertEquals(List.of("disk.raw", "scratch"), names);
    }
  }

  /** Without a checkpoint nothing stays, as it always was. */
  @Test
  void keepsNothingWithoutACheckpoint() throws Exception {
    CopyToKill.Task task = task("raw", "", false, "RAW");
    AtomicLong done = new AtomicLong();
    DiskCopier copier = DiskCopiers.open(folder.resolve("scratch"));
    RateLimit slow = RateLimit.of(64L * MIB);
    Progress stops =
        new Progress() {
          @Override
          public Progress child(String label, long units) {
            return this;
          }

          @Override
          public void advance(long units) {
            done.addAndGet(units);
          }

          @Override
          public boolean cancelled() {
            return done.get() > 16 * MIB;
          }

          @Override
          public void close() {}
        };
    assertThrows(
        ConversionFailed.class,
        () -> copier.copy(task.source(), task.destination(), new CopySettings(slow, null), stops));
    assertFalse(Files.exists(folder.resolve("out.partial")));
    assertFalse(Files.exists(task.out()));
  }
}
