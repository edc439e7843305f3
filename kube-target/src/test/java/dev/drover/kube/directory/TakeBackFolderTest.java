package dev.drover.kube.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.kube.MigrationTarget;
import dev.drover.kube.MigrationTarget.Health;
import dev.drover.kube.manifest.SampleVm;
import dev.drover.mappings.failure.TargetFailed;
import dev.drover.mappings.model.Finding;
import dev.drover.mappings.model.VmRef;
import dev.drover.mappings.target.TargetVm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a folder loses when its VM is taken back, and what it keeps. */
final class TakeBackFolderTest extends DirectoryCase {
  private List<String> codes(TargetVm vm) {
    try (MigrationTarget target = open()) {
      return target.check(vm).stream().map(Finding::code).toList();
    }
  }

  @Test
  void takesBackAllThatItMade() throws IOException {
    try (MigrationTarget target = open()) {
      move(target, WEB);
      assertEquals(7, target.discard(WEB).size());
      assertEquals(List.of(), target.discard(WEB));
    }
    assertEquals(Map.of(), tree());
  }

  @Test
  void takesBackWhatACrashLeftInTheMiddleOfADisk() throws IOException {
    try (MigrationTarget target = open()) {
      target.prepareDisk(WEB, WEB.disks().get(0));
      Files.writeString(web().resolve("disks/web-1-disk0.raw.partial"), "half");
      Files.writeString(web().resolve("virtualmachine.yaml.partial"), "half");
    }
    try (MigrationTarget target = open()) {
      target.discard(WEB);
    }
    assertEquals(Map.of(), tree());
  }

  @Test
  void goesOnAfterACrashBetweenFolderAndMarker() throws IOException {
    Files.createDirectories(web());
    Files.writeString(web().resolve(".drover.json.partial"), "{");
    try (MigrationTarget target = open()) {
      assertEquals(List.of(), target.check(WEB));
      move(target, WEB);
      assertEquals(Health.READY, target.observe(WEB));
    }
    assertFalse(Files.exists(web().resolve(".drover.json.partial")));
  }

  @Test
  void leavesAForeignFileAndItsFolder() throws IOException {
    try (MigrationTarget target = open()) {
      move(target, WEB);
      Files.writeString(web().resolve("patch.yaml"), "mine");
      target.discard(WEB);
    }
    assertEquals(
        List.of("shop", "shop/web-1", "shop/web-1/patch.yaml"), List.copyOf(tree().keySet()));
  }

  @Test
  void leavesTheOtherVmsOfTheNamespace() throws IOException {
    TargetVm db = SampleVm.vm("db", "db", new VmRef("dc1", "db"));
    try (MigrationTarget target = open()) {
      move(target, WEB);
      move(target, db);
      target.discard(WEB);
    }
    assertEquals(
        "- shop/db",
        Files.readString(out().resolve("kustomization.yaml"))
            .lines()
            .reduce((a, b) -> b)
            .orElse(""));
    try (MigrationTarget target = open()) {
      assertEquals(Health.READY, target.observe(db));
      TargetFailed missing = assertThrows(TargetFailed.class, () -> target.observe(WEB));
      assertTrue(missing.what().equals("is missing"), missing.toString());
    }
  }

  @Test
  void removesTheDiskOfAnEarlierPlan() throws IOException {
    try (MigrationTarget target = open()) {
      move(target, WEB);
      TargetVm diskless = SampleVm.withDisks(WEB, List.of());
      target.create(diskless);
    }
    assertFalse(tree().containsKey("shop/web-1/disks/web-1-disk0.raw"));
    assertFalse(tree().containsKey("shop/web-1/datavolume-web-1-disk0.yaml"));
  }

  @Test
  void aForgedMarkerDeletesNothingOutside() throws IOException {
    Path outside = Files.writeString(temp.resolve("outside"), "mine");
    for (String file :
        List.of("../../../outside", outside.toString(), "disks/../../../../outside")) {
      Files.createDirectories(web());
      Files.writeString(
          web().resolve(".drover.json"),
          "{\"apiVersion\":\"drover.dev/v1alpha1\",\"kind\":\"VmFolder\",\"source\":\"dc1\","
              + "\"id\":\"vm-1\",\"sourceName\":\"Web 1\",\"files\":[\""
              + file
              + "\"]}");
      try (MigrationTarget target = open()) {
        assertEquals(List.of(), target.discard(WEB));
      }
      assertEquals(List.of("DIR-004"), codes(WEB));
      assertEquals("mine", Files.readString(outside));
    }
  }

  @Test
  void aBrokenMarkerIsNotTakenForItsOwn() throws IOException {
    for (String marker : List.of("", "{", "[]", "null", "{\"kind\":\"VmFolder\"}")) {
      Files.createDirectories(web());
      Files.writeString(web().resolve(".drover.json"), marker);
      assertEquals(List.of("DIR-004"), codes(WEB), marker);
    }
  }
}
