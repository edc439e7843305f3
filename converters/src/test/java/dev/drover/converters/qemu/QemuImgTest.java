package dev.drover.converters.qemu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.drover.converters.Images;
import dev.drover.mappings.disk.DiskFormat;
import dev.drover.mappings.disk.Extent;
import dev.drover.mappings.failure.ConversionFailed;
import dev.drover.mappings.failure.EnvironmentFailed;
import dev.drover.mappings.failure.Retry;
import dev.drover.mappings.failure.TargetFailed;
import dev.drover.mappings.progress.Progress;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class QemuImgTest {
  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path folder;

  @SuppressWarnings("NullAway.Init")
  private QemuImg qemu;

  @BeforeEach
  void find() {
    Images.needQemuImg();
    qemu = QemuImg.find(folder.resolve("scratch"));
  }

  @Test
  void tellsItsVersion() {
    assertTrue(qemu.version().matches("\\d+\\.\\d+.*"), qemu::version);
    assertEquals(qemu.version(), QemuImg.installedVersion());
  }

  @Test
  void makesConvertsMeasuresChecksAndCompares() throws IOException {
    Path raw = Images.random(folder.resolve("disk.raw"), 8, 3);
    Path copy = Files.createFile(folder.resolve("a file, with \"odd\" {name}.qcow2"));
    AtomicLong told = new AtomicLong();
    BlockNode from = BlockNode.raw(raw);
    qemu.convert(
        new QemuImg.Conversion("disk", from, copy, DiskFormat.QCOW2, true, 8 << 20, 0),
        adding(told));
    assertEquals(8 << 20, told.get());
    BlockNode written = QemuImg.written(copy, DiskFormat.QCOW2);
    assertEquals("qcow2", qemu.info("disk", written, Progress.NONE).format());
    assertEquals(8 << 20, qemu.info("disk", written, Progress.NONE).virtualSize());
    assertEquals(new QemuImg.Check(0, 0), qemu.check("disk", written, Progress.NONE));
    assertTrue(qemu.measure("disk", from, DiskFormat.QCOW2, Progress.NONE).required() > 1 << 20);
    assertTrue(qemu.compare("disk", from, written, 8 << 20, Progress.NONE));

    Path empty = Files.createFile(folder.resolve("empty.qcow2"));
    qemu.create("disk", empty, DiskFormat.QCOW2, 8 << 20);
    BlockNode zeros = QemuImg.written(empty, DiskFormat.QCOW2);
    assertFalse(qemu.compare("disk", zeros, written, 8 << 20, Progress.NONE));
  }

  private static Progress adding(AtomicLong to) {
    return new Counting(to, false);
  }

  /** Progress that counts, and may be cancelled from the start. */
  private record Counting(AtomicLong told, boolean cancelled) implements Progress {
    @Override
    public Progress child(String label, long units) {
      return this;
    }

    @Override
    public void advance(long units) {
      told.addAndGet(units);
    }

    @Override
    public void close() {}
  }

  /** More pieces than the answer of one call has room for. */
  @Test
  void findsTheHolesOfATornFile() throws IOException {
    int pieces = 20_000;
    Path torn = folder.resolve("torn.raw");
    try (FileChannel file =
        FileChannel.open(torn, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      for (int i = 0; i < pieces; i++) {
        file.write(ByteBuffer.wrap(new byte[] {1}), i * 16384L + 8192);
      }
    }
    List<Extent> extents = qemu.map("disk", BlockNode.raw(torn), Progress.NONE);
    long end = 0;
    long data = 0;
    for (Extent extent : extents) {
      assertEquals(end, extent.offset());
      end = extent.end();
      data += extent.kind() == Extent.Kind.DATA ? extent.length() : 0;
    }
    assertTrue(end >= Files.size(torn), () -> "nothing is known behind the last extent");
    assertTrue(data >= pieces, "each byte is in an extent of data");
    assertTrue(data <= pieces * 8192L, "holes are not taken for data");
  }

  @Test
  void saysWhichPackageIsMissing() {
    EnvironmentFailed missing =
        assertThrows(
            EnvironmentFailed.class, () -> QemuImg.find(folder, folder.resolve("no").toString()));
    assertTrue(missing.remedy().contains("apt-get install qemu-utils"));
  }

  @Test
  void saysThatItWentAwayWhileDroverRan() throws IOException {
    Path program = script("exit 0");
    QemuImg gone = QemuImg.of(program, Confinement.none(folder));
    Files.delete(program);
    assertThrows(EnvironmentFailed.class, gone::version);
  }

  @Test
  void tellsAKilledProgramFromABadImage() throws IOException {
    QemuImg killed = QemuImg.of(script("kill -9 $$"), Confinement.none(folder));
    ConversionFailed failure = assertThrows(ConversionFailed.class, killed::version);
    assertEquals(Retry.WORTHWHILE, failure.retry());
    assertTrue(failure.what().contains("signal 9"), failure.what());

    Path bad = Files.write(folder.resolve("bad.vmdk"), new byte[4096]);
    ConversionFailed refused =
        assertThrows(
            ConversionFailed.class,
            () -> qemu.info("disk", BlockNode.image("vmdk", bad), Progress.NONE));
    assertEquals(Retry.POINTLESS, refused.retry());
    assertFalse(refused.what().contains("json:"), refused.what());
  }

  /** The program writes its process id, starts a child, and hangs; both must be gone. */
  @Test
  void cancellingKillsTheWholeGroup() throws Exception {
    Path pids = folder.resolve("pids");
    Path program =
        script(
            "sleep 1000 & echo $$ $! > " + pids + ".new; mv " + pids + ".new " + pids + "; wait");
    Confinement confinement = groupOnly(program);
    Program running = new Program(program, confinement);
    Job job = Job.reading("disk", List.of(), List.of());
    ConversionFailed failure =
        assertThrows(ConversionFailed.class, () -> running.run(job, cancelledOnce(pids), p -> {}));
    assertTrue(failure.what().contains("interrupted"));
    for (String pid : Files.readString(pids).strip().split(" ")) {
      assertGone(pid);
    }
  }

  /** Cancelled when the file is there. */
  private static Progress cancelledOnce(Path file) {
    return Progress.unseen(() -> Files.exists(file));
  }

  /** A program that hangs, or prints for ever, is ended whatever it was asked. */
  @Test
  void everyQuestionCanBeCancelled() throws IOException {
    Path begun = folder.resolve("begun");
    Path program = script("touch " + begun + "; exec yes");
    QemuImg hangs = QemuImg.of(program, groupOnly(program));
    BlockNode node = BlockNode.raw(Files.createFile(folder.resolve("disk.raw")));
    Progress progress = cancelledOnce(begun);
    List<Executable> questions =
        List.of(
            () -> hangs.map("disk", node, progress),
            () -> hangs.info("disk", node, progress),
            () -> hangs.check("disk", node, progress),
            () -> hangs.measure("disk", node, DiskFormat.QCOW2, progress));
    for (Executable question : questions) {
      Files.deleteIfExists(begun);
      assertTrue(assertThrows(ConversionFailed.class, question).what().contains("interrupted"));
    }
  }

  /** SIGTERM runs the shutdown hook; SIGKILL runs nothing, so the kernel must do it. */
  @ParameterizedTest
  @ValueSource(strings = {"TERM", "KILL"})
  void nothingOutlivesAKilledJvm(String signal) throws Exception {
    assumeTrue(Images.has("setpriv"), "setpriv (util-linux) is missing");
    Path pid = folder.resolve("pid");
    Process jvm =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                HangingJob.class.getName(),
                folder.toString(),
                pid.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    try {
      while (!Files.exists(pid) && jvm.isAlive()) {
        Thread.sleep(20);
      }
      assertTrue(Files.exists(pid), () -> "the JVM ended: " + folder.resolve("log"));
      Images.run("kill", "-" + signal, Long.toString(jvm.pid()));
      jvm.waitFor();
    } finally {
      jvm.destroyForcibly();
    }
    assertGone(Files.readString(pid).strip());
  }

  private Confinement groupOnly(Path program) throws IOException {
    Confinement confinement = Confinement.probe(folder.resolve("scratch"), trueProgram());
    assumeTrue(confinement.has(Confinement.Layer.GROUP), "setsid (util-linux) is missing");
    assertNotNull(program);
    return Confinement.only(folder.resolve("scratch"), Confinement.Layer.GROUP);
  }

  private static Path trueProgram() {
    return Path.of("/usr/bin/true");
  }

  /** A process whose parent has not collected it yet has no life either. */
  private static void assertGone(String pid) throws IOException, InterruptedException {
    Path status = Path.of("/proc", pid, "status");
    for (int i = 0; i < 500 && alive(status); i++) {
      Thread.sleep(10);
    }
    assertFalse(alive(status), "process " + pid + " is alive");
  }

  private static boolean alive(Path status) {
    try {
      return !Files.readString(status).contains("State:\tZ");
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void aTimeOutKillsAndIsWorthARetry() throws IOException {
    System.setProperty(Program.TIMEOUT_PROPERTY, "1");
    try {
      Program hangs = new Program(script("sleep 1000"), Confinement.none(folder));
      Job job = Job.reading("disk", List.of(), List.of());
      ConversionFailed late =
          assertThrows(ConversionFailed.class, () -> hangs.run(job, Progress.NONE, p -> {}));
      assertEquals(Retry.WORTHWHILE, late.retry());
    } finally {
      System.clearProperty(Program.TIMEOUT_PROPERTY);
    }
  }

  @Test
  void keepsOnlySoMuchOfWhatAProgramWrites() throws IOException {
    Program chatty = new Program(script("head -c 5000000 /dev/zero"), Confinement.none(folder));
    Job job = Job.reading("disk", List.of(), List.of());
    assertEquals(1 << 20, chatty.run(job, Progress.NONE, p -> {}).out().length());
  }

  @Test
  void saysHowMuchRoomAFullDiskLacks() throws IOException {
    Path raw = Images.random(folder.resolve("disk.raw"), 8, 3);
    Path mount = Files.createDirectory(folder.resolve("small"));
    assumeTrue(mounted(mount), "only root can mount a small tmpfs");
    try {
      Path target = Files.createFile(mount.resolve("disk.raw"));
      QemuImg.Conversion conversion =
          new QemuImg.Conversion(
              "disk", BlockNode.raw(raw), target, DiskFormat.RAW, false, 8 << 20, 0);
      TargetFailed full =
          assertThrows(TargetFailed.class, () -> qemu.convert(conversion, Progress.NONE));
      assertTrue(full.what().contains("bytes are free"), full.what());
      assertTrue(full.what().contains(Long.toString(8 << 20)), full.what());
    } finally {
      Images.run("umount", mount.toString());
    }
  }

  private static boolean mounted(Path at) {
    try {
      return new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=1m", "none", at.toString())
              .start()
              .waitFor()
          == 0;
    } catch (IOException | InterruptedException e) {
      return false;
    }
  }

  private Path script(String body) throws IOException {
    Path script = folder.resolve("qemu-img");
    Files.writeString(script, "#!/bin/sh\n" + body + "\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    return script;
  }
}
