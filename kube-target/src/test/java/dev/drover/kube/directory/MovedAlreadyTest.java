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
import dev.drover.mappings.plan.TargetSpec;
import dev.drover.mappings.target.TargetDisk;
import dev.drover.mappings.target.TargetVm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A complete VM is safe from runs that know nothing of it, and from no other. */
final class MovedAlreadyTest {
  private static final TargetVm WEB = SampleVm.linux();
  private static final TargetDisk DISK = WEB.disks().get(0);

  @TempDir Path temp;

  private MigrationTarget open(String run, String... earlier) {
    return MigrationTargets.open(
        new TargetSpec.Directory(temp.toString()), run, Set.of(earlier), () -> false);
  }

  private Path file(String name) {
    return temp.resolve("shop/web-1").resolve(name);
  }

  private void moved(String run) {
    try (MigrationTarget target = open(run)) {
      DirectoryTargetTest.move(target, WEB);
    }
  }

  private static List<Finding> check(MigrationTarget target) {
    return target.check(WEB);
  }

  @Test
  void anotherRunIsToldAndTouchesNothing() throws IOException {
    moved("run-1");
    String marker = Files.readString(file(".drover.json"));
    try (MigrationTarget target = open("run-2", "run-0")) {
      List<Finding> findings = check(target);
      assertEquals(1, findings.size(), findings::toString);
      Finding finding = findings.get(0);
      assertEquals("DIR-006", finding.code());
      assertEquals(Finding.Severity.BLOCKER, finding.severity());
      assertTrue(
          finding.evidence().contains("moved from dc1/vm-1 by run run-1"), finding::toString);
      assertTrue(finding.remedy().contains("drover rollback PLAN --vm 'Web 1'"), finding::toString);
      TargetFailed disk = assertThrows(TargetFailed.class, () -> target.prepareDisk(WEB, DISK));
      assertTrue(disk.toString().contains("moved by run run-1"), disk.toString());
      assertThrows(TargetFailed.class, () -> target.create(WEB));
    }
    assertEquals(marker, Files.readString(file(".drover.json")));
    assertTrue(Files.readString(file("disks/.run")).startsWith("run-1\n"));
    assertEquals("disk", DirectoryCase.head(file("disks/web-1-disk0.raw")));
  }

  /** Killed between the last file and the ledger's note of it: all steps may come again. */
  @Test
  void theSameRunGoesOnFromItsFirstStep() throws IOException {
    moved("run-1");
    String marker = Files.readString(file(".drover.json"));
    try (MigrationTarget target = open("run-1")) {
      assertEquals(List.of(), check(target));
      DirectoryTargetTest.move(target, WEB);
      assertEquals(Health.READY, target.observe(WEB));
    }
    assertEquals(marker, Files.readString(file(".drover.json")));
  }

  /** Its last hook failed, and the user began a new run of the same state directory. */
  @Test
  void aRunThatGoesOnWithThatOneMayWrite() throws IOException {
    moved("run-1");
    try (MigrationTarget target = open("run-2", "run-1")) {
      assertEquals(List.of(), check(target));
      DirectoryTargetTest.move(target, WEB);
    }
    assertTrue(Files.readString(file("disks/.run")).startsWith("run-2\n"));
  }

  @Test
  void whatIsNotCompleteBelongsToWhoeverComesNext() throws IOException {
    try (MigrationTarget target = open("run-1")) {
      target.prepareDisk(WEB, DISK);
      Files.writeString(file("disks/web-1-disk0.raw"), "half");
    }
    assertTrue(Files.readString(file(".drover.json")).contains("\"complete\" : false"));
    try (MigrationTarget target = open("run-2")) {
      assertEquals(List.of(), check(target));
      DirectoryTargetTest.move(target, WEB);
    }
    try (MigrationTarget target = open("run-1")) {
      assertEquals(List.of("DIR-006"), check(target).stream().map(Finding::code).toList());
    }
  }

  /** Written again by its own run and killed in between: it is no longer whole. */
  @Test
  void aCompleteVmThatIsWrittenAgainIsIncompleteUntilItIsWhole() throws IOException {
    moved("run-1");
    try (MigrationTarget target = open("run-1")) {
      target.prepareDisk(WEB, DISK);
    }
    try (MigrationTarget target = open("run-2")) {
      assertEquals(List.of(), check(target));
    }
  }

  @Test
  void afterARollbackByAnyRunItCanBeMovedAgain() {
    moved("run-1");
    try (MigrationTarget target = open("run-2")) {
      assertEquals(7, target.discard(WEB).size());
      assertEquals(List.of(), check(target));
      assertFalse(Files.exists(temp.resolve("shop")));
    }
    moved("run-2");
  }

  @Test
  void aFolderThatGitBroughtWithoutDisksIsFilled() throws IOException {
    moved("run-1");
    Files.delete(file("disks/.run"));
    try (MigrationTarget target = open("run-2")) {
      assertEquals(List.of("DIR-006"), check(target).stream().map(Finding::code).toList());
      assertTrue(check(target).get(0).evidence().contains("left no name"));
      Files.delete(file("disks/web-1-disk0.raw"));
      assertEquals(List.of(), check(target));
      DirectoryTargetTest.move(target, WEB);
    }
  }

  @Test
  void theMarkerTellsTheSizeOfEachDisk() throws IOException {
    moved("run-1");
    String marker = Files.readString(file(".drover.json"));
    String size = "\"disks/web-1-disk0.raw\" : " + DISK.size().bytes();
    assertTrue(marker.contains(size), marker);
    assertTrue(marker.contains("\"complete\" : true"), marker);
    assertFalse(marker.contains("run-1"), marker);
  }

  @Test
  void aForgedRunNameIsNotShown() throws IOException {
    moved("run-1");
    Files.writeString(file("disks/.run"), "\u001b[2Jevil");
    try (MigrationTarget target = open("run-2")) {
      assertTrue(check(target).get(0).evidence().endsWith("by a run that left no name"));
    }
  }
}
