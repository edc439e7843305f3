package dev.drover.kube.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.converters.DiskDestination;
import dev.drover.kube.MigrationTarget;
import dev.drover.kube.MigrationTarget.Health;
import dev.drover.kube.MigrationTargets;
import dev.drover.kube.manifest.SampleVm;
import dev.drover.mappings.disk.DiskFormat;
import dev.drover.mappings.failure.TargetFailed;
import dev.drover.mappings.model.Finding;
import dev.drover.mappings.model.VmRef;
import dev.drover.mappings.plan.TargetSpec;
import dev.drover.mappings.target.TargetDisk;
import dev.drover.mappings.target.TargetVm;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class DirectoryTargetTest extends DirectoryCase {
  private static TargetVm other() {
    return SampleVm.vm("web-1", "Another", new VmRef("dc2", "vm-9"));
  }

  private List<String> codes(TargetVm vm) {
    try (MigrationTarget target = open()) {
      return target.check(vm).stream().map(Finding::code).toList();
    }
  }

  @Test
  void aRawDiskThatIsShorterThanItWasIsNotReady() throws IOException {
    try (MigrationTarget target = open()) {
      move(target, WEB);
      Path disk = web().resolve("disks/web-1-disk0.raw");
      try (RandomAccessFile cut = new RandomAccessFile(disk.toFile(), "rw")) {
        cut.setLength(512);
      }
      TargetFailed failed = assertThrows(TargetFailed.class, () -> target.observe(WEB));
      assertTrue(failed.what().contains("has 512 bytes of a disk of"), failed.what());
      assertEquals(disk.toString(), failed.subject());
    }
  }

  @Test
  void laysOutAFolderForEachVm() throws IOException {
    try (MigrationTarget target = open()) {
      List<MigrationTarget.ObjectRef> made = move(target, WEB);
      assertEquals(7, made.size());
      assertTrue(made.stream().allMatch(ref -> Files.exists(Path.of(ref.name()))));
      assertEquals(Health.READY, target.observe(WEB));
    }
    assertEquals(
        List.of(
            "kustomization.yaml",
            "shop",
            "shop/web-1",
            "shop/web-1/.drover.json",
            "shop/web-1/README.md",
            "shop/web-1/datavolume-web-1-disk0.yaml",
            "shop/web-1/disks",
            "shop/web-1/disks/.gitignore",
            "shop/web-1/disks/.run",
            "shop/web-1/disks/web-1-disk0.raw",
            "shop/web-1/kustomization.yaml",
            "shop/web-1/virtualmachine.yaml"),
        List.copyOf(tree().keySet()));
  }

  @Test
  void givesTheDiskItsFormatAndCompression() {
    TargetDisk raw = WEB.disks().get(0);
    TargetDisk disk =
        new TargetDisk(
            raw.sourceId(),
            raw.name(),
            raw.claim(),
            raw.size(),
            raw.bus(),
            1,
            null,
            new TargetDisk.Storage(null, null, null, DiskFormat.QCOW2, true));
    TargetVm vm = SampleVm.withDisks(WEB, List.of(disk));
    try (MigrationTarget target = open()) {
      assertEquals(
          new DiskDestination.LocalFile(
              web().resolve("disks/web-1-disk0.qcow2"), DiskFormat.QCOW2, true),
          target.prepareDisk(vm, disk));
    }
  }

  @Test
  void anotherRunGivesGitTheSameFiles() throws IOException {
    try (MigrationTarget target = open()) {
      move(target, WEB);
    }
    Map<String, String> first = tree();
    try (MigrationTarget target =
        MigrationTargets.open(new TargetSpec.Directory(out().toString()), "run-2")) {
      target.discard(WEB);
      move(target, WEB);
    }
    Map<String, String> second = tree();
    assertTrue(String.valueOf(first.remove("shop/web-1/disks/.run")).startsWith("run-1\n"));
    assertTrue(String.valueOf(second.remove("shop/web-1/disks/.run")).startsWith("run-2\n"));
    assertEquals(first, second);
  }

  @Test
  void listsAllVmsSortedWhicheverCameFirst() throws IOException {
    try (MigrationTarget target = open()) {
      for (String name : List.of("zoo", "ant", "mule")) {
        move(target, SampleVm.vm(name, name, new VmRef("dc1", name)));
      }
    }
    String top = Files.readString(out().resolve("kustomization.yaml"));
    assertTrue(top.contains("resources:\n- shop/ant\n- shop/mule\n- shop/zoo\n"), top);
  }

  @Test
  void listsAllVmsOfManyThreadsAndTargets() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<Integer>> running =
          threads.invokeAll(
              IntStream.range(0, 4).mapToObj(i -> (Callable<Integer>) () -> ten(i)).toList());
      for (Future<Integer> one : running) {
        assertEquals(10, one.get());
      }
    } finally {
      threads.shutdown();
    }
    long listed =
        Files.readString(out().resolve("kustomization.yaml"))
            .lines()
            .filter(line -> line.startsWith("- shop/"))
            .count();
    assertEquals(40, listed);
  }

  private int ten(int group) {
    int made = 0;
    try (MigrationTarget target = open()) {
      for (int i = 0; i < 10; i++) {
        String name = "vm-" + group + "-" + i;
        move(target, SampleVm.vm(name, name, new VmRef("dc1", name)));
        made++;
      }
    }
    return made;
  }

  @Test
  void refusesTheFolderOfAnotherVm() throws IOException {
    try (MigrationTarget target = open()) {
      move(target, WEB);
      Map<String, String> before = tree();
      TargetFailed failed =
          assertThrows(
              TargetFailed.class, () -> target.prepareDisk(other(), other().disks().get(0)));
      assertTrue(failed.toString().contains("Web 1 (dc1/vm-1)"), failed.toString());
      assertTrue(failed.remedy().contains("targetName: NAME"), failed.remedy());
      assertEquals(List.of(), target.discard(other()));
      assertEquals(before, tree());
    }
    assertEquals(List.of("DIR-003"), codes(other()));
  }

  @Test
  void refusesAFolderThatIsNotItsOwn() throws IOException {
    Files.createDirectories(web());
    Files.writeString(web().resolve("precious"), "mine");
    try (MigrationTarget target = open()) {
      TargetFailed failed =
          assertThrows(TargetFailed.class, () -> target.prepareDisk(WEB, WEB.disks().get(0)));
      assertTrue(failed.toString().contains("precious"), failed.toString());
      assertEquals(List.of(), target.discard(WEB));
    }
    assertEquals("mine", Files.readString(web().resolve("precious")));
    assertEquals(List.of("DIR-004"), codes(WEB));
  }

  @Test
  void refusesAFolderThatIsALink() throws IOException {
    Path elsewhere = Files.createDirectory(temp.resolve("elsewhere"));
    Files.createDirectories(web().getParent());
    Files.createSymbolicLink(web(), elsewhere);
    try (MigrationTarget target = open()) {
      assertThrows(TargetFailed.class, () -> target.prepareDisk(WEB, WEB.disks().get(0)));
    }
    try (Stream<Path> inside = Files.list(elsewhere)) {
      assertEquals(0, inside.count());
    }
  }

  @Test
  void namesThatLeaveTheFolderAreRefused() {
    try (MigrationTarget target = open()) {
      for (String name : List.of("..", "a/b", "", "/etc", ".git")) {
        TargetVm vm = SampleVm.vm(name, "x", new VmRef("dc1", "x"));
        assertThrows(IllegalArgumentException.class, () -> target.create(vm), name);
      }
    }
  }

  @Test
  void doesNotCreateAVmWithoutItsDisk() throws IOException {
    try (MigrationTarget target = open()) {
      TargetFailed failed = assertThrows(TargetFailed.class, () -> target.create(WEB));
      assertTrue(failed.subject().endsWith("web-1-disk0.raw"), failed.subject());
      assertFalse(Files.exists(web().resolve("virtualmachine.yaml")));
    }
    assertFalse(Files.exists(out().resolve("kustomization.yaml")));
  }

  @Test
  void leavesAKustomizationOfTheUserAloneAndSaysIt() throws IOException {
    Files.createDirectories(out());
    Files.writeString(out().resolve("kustomization.yaml"), "resources: [mine]\n");
    assertEquals(List.of("DIR-005"), codes(WEB));
    try (MigrationTarget target = open()) {
      move(target, WEB);
      target.discard(WEB);
    }
    assertEquals("resources: [mine]\n", Files.readString(out().resolve("kustomization.yaml")));
  }

  @Test
  void checkingWritesNothing() throws IOException {
    assertEquals(List.of(), codes(WEB));
    assertFalse(Files.exists(out()));
  }
}
