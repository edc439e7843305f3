package dev.drover.kube.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.kube.MigrationTarget;
import dev.drover.kube.MigrationTarget.Health;
import dev.drover.kube.MigrationTargets;
import dev.drover.kube.manifest.SampleVm;
import dev.drover.mappings.failure.TargetFailed;
import dev.drover.mappings.model.Finding;
import dev.drover.mappings.model.VmRef;
import dev.drover.mappings.plan.TargetSpec;
import dev.drover.mappings.target.TargetVm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two runs of one target at the same moment, which know nothing of each other. */
final class TwoRunsTest {
  private static final TargetVm WEB = SampleVm.linux();

  @TempDir Path temp;

  private MigrationTarget open(String run) {
    return MigrationTargets.open(new TargetSpec.Directory(temp.toString()), run);
  }

  private static List<String> codes(MigrationTarget target, TargetVm vm) {
    return target.check(vm).stream().map(Finding::code).toList();
  }

  private boolean lockIsThere() {
    return Files.exists(temp.resolve(".drover.lock"));
  }

  private Path disk() {
    return temp.resolve("shop/web-1/disks/web-1-disk0.raw");
  }

  @Test
  void whatAnotherProcessWritesIsABlockerThatNamesIt() throws Exception {
    try (HolderProcess other = HolderProcess.start(temp, "run-1");
        MigrationTarget target = open("run-2")) {
      Finding finding = target.check(WEB).get(0);
      assertEquals("DIR-007", finding.code());
      assertEquals(Finding.Severity.BLOCKER, finding.severity());
      assertTrue(
          finding.what().contains("run run-1 (process " + other.pid() + " on "), finding.what());
      TargetFailed failed =
          assertThrows(TargetFailed.class, () -> target.prepareDisk(WEB, WEB.disks().get(0)));
      assertTrue(failed.what().contains("process " + other.pid()), failed.what());
      assertTrue(failed.remedy().contains("drover resume"), failed.remedy());
      assertThrows(TargetFailed.class, () -> target.create(WEB));
      assertThrows(TargetFailed.class, () -> target.discard(WEB));
      assertTrue(Files.readString(disk().resolveSibling(".run")).startsWith("run-1\n"));
      other.finish();
      assertEquals(List.of("DIR-006"), codes(target, WEB));
    }
    assertEquals("disk", DirectoryCase.head(disk()));
    assertFalse(lockIsThere());
  }

  @Test
  void aProcessThatWasKilledHoldsNothingBack() throws Exception {
    try (HolderProcess other = HolderProcess.start(temp, "run-1")) {
      other.kill();
    }
    assertTrue(lockIsThere());
    try (MigrationTarget target = open("run-1")) {
      assertEquals(List.of(), codes(target, WEB));
      DirectoryTargetTest.move(target, WEB);
      assertEquals(Health.READY, target.observe(WEB));
    }
    assertFalse(lockIsThere());
  }

  @Test
  void otherVmsOfTheTargetAreFree() throws Exception {
    TargetVm db = SampleVm.vm("db-1", "Db 1", new VmRef("dc1", "vm-2"));
    try (HolderProcess other = HolderProcess.start(temp, "run-1");
        MigrationTarget target = open("run-2")) {
      assertEquals(List.of(), codes(target, db));
      DirectoryTargetTest.move(target, db);
      other.finish();
    }
    assertFalse(lockIsThere());
  }

  /** The first to end must not free what the second holds: POSIX locks belong to the process. */
  @Test
  void twoTargetsOfOneProcessKeepApartAsWell() throws IOException {
    try (MigrationTarget first = open("run-1")) {
      first.prepareDisk(WEB, WEB.disks().get(0));
      try (MigrationTarget second = open("run-2")) {
        assertEquals(List.of("DIR-007"), codes(second, WEB));
        assertThrows(TargetFailed.class, () -> second.prepareDisk(WEB, WEB.disks().get(0)));
      }
      assertTrue(lockIsThere());
      DirectoryTargetTest.move(first, WEB);
      first.prepareDisk(WEB, WEB.disks().get(0));
    }
    assertFalse(lockIsThere());
  }

  @Test
  void theLastProcessThatEndsTakesTheLockFileAway() throws Exception {
    TargetVm db = SampleVm.vm("db-1", "Db 1", new VmRef("dc1", "vm-2"));
    try (HolderProcess other = HolderProcess.start(temp, "run-1")) {
      try (MigrationTarget target = open("run-2")) {
        target.prepareDisk(db, db.disks().get(0));
      }
      assertTrue(lockIsThere());
      other.finish();
    }
    assertFalse(lockIsThere());
    try (MigrationTarget target = open("run-3")) {
      assertEquals(List.of("DIR-006"), codes(target, WEB));
      assertFalse(lockIsThere());
    }
  }
}
