package dev.drover.kube.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.drover.kube.MigrationTarget;
import dev.drover.kube.MigrationTarget.Health;
import dev.drover.kube.MigrationTargets;
import dev.drover.kube.manifest.SampleVm;
import dev.drover.mappings.failure.TargetFailed;
import dev.drover.mappings.model.ByteSize;
import dev.drover.mappings.model.Finding;
import dev.drover.mappings.plan.TargetSpec;
import dev.drover.mappings.target.TargetDisk;
import dev.drover.mappings.target.TargetVm;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A target that has no space, or may not be written. */
final class FullOrLockedTargetTest {
  private static final TargetVm WEB = SampleVm.linux();

  @TempDir Path temp;

  private static MigrationTarget open(Path out) {
    return MigrationTargets.open(new TargetSpec.Directory(out.toString()), "run-1");
  }

  private static Finding only(Path out, TargetVm vm) {
    try (MigrationTarget target = open(out)) {
      List<Finding> findings = target.check(vm);
      assertEquals(1, findings.size(), findings::toString);
      return findings.get(0);
    }
  }

  @Test
  void aFileInTheWayIsABlockerThatNamesIt() throws IOException {
    Path file = Files.writeString(temp.resolve("file"), "mine");
    Finding finding = only(file.resolve("out"), WEB);
    assertEquals("DIR-001", finding.code());
    assertEquals(Finding.Severity.BLOCKER, finding.severity());
    assertEquals(file.toString(), finding.evidence());
    try (MigrationTarget target = open(file.resolve("out"))) {
      TargetFailed failed =
          assertThrows(TargetFailed.class, () -> target.prepareDisk(WEB, WEB.disks().get(0)));
      assertTrue(failed.subject().endsWith("shop/web-1"), failed.subject());
      assertTrue(failed.remedy().contains("drover resume"), failed.remedy());
    }
    assertEquals("mine", Files.readString(file));
  }

  @Test
  void aFolderWithoutTheRightToWriteIsABlocker() throws IOException {
    Files.setPosixFilePermissions(temp, PosixFilePermissions.fromString("r-xr-xr-x"));
    try {
      assumeTrue(!Files.isWritable(temp), "skipped: root may write everywhere");
      assertEquals("DIR-001", only(temp.resolve("out"), WEB).code());
    } finally {
      Files.setPosixFilePermissions(temp, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  @Test
  void aReadOnlyFileSystemIsABlockerAndAFailure() throws Exception {
    Path mount = mounted("size=1m");
    try {
      assumeTrue(run("mount", "-o", "remount,ro", mount.toString()) == 0, "skipped: no remount");
      assertEquals("DIR-001", only(mount.resolve("out"), WEB).code());
      try (MigrationTarget target = open(mount.resolve("out"))) {
        assertThrows(TargetFailed.class, () -> target.create(WEB));
      }
    } finally {
      run("umount", mount.toString());
    }
  }

  @Test
  void disksThatMayNotFitAreSaidAndAreNoBlocker() {
    TargetDisk disk = WEB.disks().get(0);
    TargetDisk huge =
        new TargetDisk(
            disk.sourceId(),
            disk.name(),
            disk.claim(),
            new ByteSize(Long.MAX_VALUE),
            disk.bus(),
            1,
            null,
            disk.storage());
    Finding finding = only(temp, SampleVm.withDisks(WEB, List.of(huge, huge)));
    assertEquals("DIR-002", finding.code());
    assertEquals(Finding.Severity.WARNING, finding.severity());
    assertTrue(finding.what().contains("the file system of " + temp + " "), finding::toString);
    assertTrue(finding.evidence().contains(Long.MAX_VALUE + " bytes"), finding::toString);
    assertTrue(finding.evidence().matches(".*; free: .* \\([0-9]+ bytes\\)"), finding::toString);
  }

  @Test
  void aFullFileSystemIsABlockerAndAFailureThatLeavesNoHalfFile() throws Exception {
    Path mount = mounted("size=64k");
    try {
      try (MigrationTarget target = open(mount)) {
        target.prepareDisk(WEB, WEB.disks().get(0));
        Path disk = mount.resolve("shop/web-1/disks/web-1-disk0.raw");
        try (RandomAccessFile sparse = new RandomAccessFile(disk.toFile(), "rw")) {
          sparse.setLength(WEB.disks().get(0).size().bytes());
        }
        Path ballast = mount.resolve("ballast");
        fill(ballast);
        List<Finding> findings = target.check(WEB);
        assertEquals(1, findings.size(), findings::toString);
        Finding full = findings.get(0);
        assertEquals("DIR-002", full.code());
        assertEquals(Finding.Severity.BLOCKER, full.severity());
        assertTrue(full.what().contains(mount + " is full"), full::toString);
        TargetFailed failed = assertThrows(TargetFailed.class, () -> target.create(WEB));
        assertTrue(failed.toString().contains("No space left"), failed.toString());
        assertTrue(failed.remedy().contains("space"), failed.remedy());
        assertNoPartial(mount);
        assertFalse(Files.exists(mount.resolve("shop/web-1/kustomization.yaml")));
        Files.delete(ballast);
        target.create(WEB);
        assertEquals(Health.READY, target.observe(WEB));
      }
    } finally {
      run("umount", mount.toString());
    }
  }

  private static void assertNoPartial(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      assertEquals(
          List.of(),
          all.filter(f -> f.toString().endsWith(".partial")).map(Path::toString).toList());
    }
  }

  private static void fill(Path ballast) throws IOException {
    try (OutputStream to = Files.newOutputStream(ballast)) {
      while (true) {
        to.write(new byte[512]);
      }
    } catch (IOException full) {
      assertTrue(Files.size(ballast) > 0, full.toString());
    }
  }

  private Path mounted(String size) throws Exception {
    Path mount = Files.createDirectory(temp.resolve("mount"));
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", size, "tmpfs", mount.toString()) == 0,
        "skipped: needs the right to mount a tmpfs");
    return mount;
  }

  private static int run(String... argv) throws Exception {
    try {
      return new ProcessBuilder(argv)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException e) {
      return 127;
    }
  }
}
