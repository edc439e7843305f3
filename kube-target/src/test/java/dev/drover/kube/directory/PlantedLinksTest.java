package dev.drover.kube.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.kube.MigrationTarget;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody laid into the target leads no write out of it, and does not stop the run. */
final class PlantedLinksTest {
  private static final TargetVm WEB = SampleVm.linux();

  @TempDir Path temp;
  private Path out = Path.of("");
  private Path elsewhere = Path.of("");

  @BeforeEach
  void makeFolders() throws IOException {
    out = Files.createDirectory(temp.resolve("out"));
    elsewhere = Files.createDirectory(temp.resolve("elsewhere"));
  }

  private void refuses(String code, String subject, String what) {
    try (MigrationTarget target =
        MigrationTargets.open(new TargetSpec.Directory(out.toString()), "run-1")) {
      List<Finding> findings = target.check(WEB);
      assertEquals(List.of(code), findings.stream().map(Finding::code).toList());
      assertTrue(findings.get(0).evidence().contains(subject), findings::toString);
      TargetFailed failed =
          assertThrows(TargetFailed.class, () -> target.prepareDisk(WEB, WEB.disks().get(0)));
      assertTrue(failed.toString().contains(subject), failed.toString());
      assertTrue(failed.what().contains(what), failed.what());
    }
  }

  private List<Path> outside() throws IOException {
    try (Stream<Path> inside = Files.list(elsewhere)) {
      return inside.toList();
    }
  }

  @Test
  void theFolderOfTheNamespace() throws IOException {
    Path vm = Files.createDirectory(elsewhere.resolve("web-1"));
    Files.createSymbolicLink(out.resolve("shop"), elsewhere);
    refuses("DIR-004", out.resolve("shop").toString(), "is a link");
    try (MigrationTarget target =
        MigrationTargets.open(new TargetSpec.Directory(out.toString()), "run-1")) {
      assertEquals(List.of(), target.discard(WEB));
    }
    assertEquals(List.of(vm), outside());
    try (Stream<Path> inside = Files.list(vm)) {
      assertEquals(0, inside.count());
    }
  }

  @Test
  void theLockFile() throws IOException {
    Path lock = out.resolve(".drover.lock");
    Path victim = Files.createFile(elsewhere.resolve("victim"));
    Files.createSymbolicLink(lock, victim);
    refuses("DIR-008", lock.toString(), "is a link");
    assertEquals(0, Files.size(victim));
    Files.delete(lock);
    Files.createSymbolicLink(lock, elsewhere.resolve("made"));
    refuses("DIR-008", lock.toString(), "is a link");
    assertEquals(List.of(victim), outside());
  }

  @Test
  void aLockFileThatIsNotEmpty() throws IOException {
    Path lock = Files.writeString(out.resolve(".drover.lock"), "x\n");
    refuses("DIR-008", lock.toString(), "is not empty");
    assertEquals("x\n", Files.readString(lock));
  }

  @Test
  void aLockFileThatIsFilledWhileItIsUsed() throws IOException {
    try (MigrationTarget first =
        MigrationTargets.open(new TargetSpec.Directory(out.toString()), "run-1")) {
      first.prepareDisk(WEB, WEB.disks().get(0));
      Files.writeString(out.resolve(".drover.lock"), "x\n");
      TargetVm db = SampleVm.vm("db-1", "Db 1", new VmRef("dc1", "vm-2"));
      TargetFailed failed =
          assertThrows(TargetFailed.class, () -> first.prepareDisk(db, db.disks().get(0)));
      assertTrue(failed.what().contains("is not empty"), failed.what());
      DirectoryTargetTest.move(first, WEB);
    }
  }
}
