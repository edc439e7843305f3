package dev.drover.tests.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From appliances to machines on a cluster, by the launcher in a process of its own. */
class ClusterMoveTest {
  @TempDir Path folder;

  private ClusterWorld world;

  @BeforeEach
  void begin() throws IOException {
    world = new ClusterWorld(folder);
  }

  @AfterEach
  void end() {
    world.close();
  }

  @Test
  void twoVmsMoveOnceAndOneIsTakenBackAlone() throws IOException {
    world.appliance("web", 1, 2);
    world.appliance("db", 11, 1);
    world.plan();
    world.edit("    format: raw", "    storageClass: local");
    world.says("web", "power: running");
    world.says("db", "power: stopped");
    world.run(0, "validate", "plan.yaml");
    assertEquals(List.of(), world.cluster().requests());

    String preview = world.run(0, "run", "plan.yaml", "--dry-run");
    assertTrue(preview.contains("2 VMs can be moved"), preview);
    assertTrue(preview.contains("K8S-033"), preview);
    assertEquals(List.of(), world.changesSince(0));
    assertFalse(Files.exists(folder.resolve(".drover")));

    world.run(0, "run", "plan.yaml");
    world.assertIdentical("web", 2);
    world.assertIdentical("db", 1);
    assertEquals(List.of("db-disk0", "web-disk0", "web-disk1"), world.volumes());
    assertEquals(List.of("db", "web"), world.machines());
    assertEquals("Running", world.machine("web", "status", "printableStatus"));
    assertEquals("Stopped", world.machine("db", "status", "printableStatus"));
    assertEquals("local", world.volume("db-disk0", "spec", "storage", "storageClassName"));
    assertEvidence("web", "web-disk0", "web-disk1");

    int before = world.cluster().requests().size();
    String again = world.run(0, "run", "plan.yaml");
    assertTrue(again.contains("nothing to do"), again);
    assertEquals(List.of(), world.changesSince(before));

    foreign("datavolumes", ClusterWorld.CDI, "DataVolume", "web-disk2");
    foreign("virtualmachines", ClusterWorld.KUBEVIRT, "VirtualMachine", "web-1");
    world.run(0, "rollback", "plan.yaml", "--vm", "web", "--yes");
    assertEquals(List.of("db-disk0", "web-disk2"), world.volumes());
    assertEquals(List.of("db-disk0"), world.claims());
    assertEquals(List.of("db", "web-1"), world.machines());
  }

  @Test
  void everyFormOfAnApplianceGivesTheSameVolumesAndAGuestThatBoots() throws IOException {
    EveryForm forms = EveryForm.below(folder);
    world.plan();

    world.run(0, "run", "plan.yaml");
    for (var form : forms.disks().entrySet()) {
      for (int i = 0; i < form.getValue().size(); i++) {
        world.assertIdentical(form.getValue().get(i), form.getKey() + "-disk" + i);
      }
    }
    for (String name : EveryForm.BOOTABLE) {
      VirtualMachineManifest manifest = VirtualMachineManifest.of(world.machine(name));
      manifest.assertBoots(world.cluster().uploaded("web", name + "-disk0"), "raw");
      assertEquals(name.equals("efi"), manifest.efi());
    }
  }

  @Test
  void aVmThatSomebodyDeletedIsToldAndIsNotMadeAgain() throws IOException {
    world.appliance("web", 3, 1);
    world.plan();
    world.says("web", "power: stopped");
    world.run(0, "run", "plan.yaml");
    world.cluster().remove(ClusterWorld.KUBEVIRT, "web", "virtualmachines", "web");
    int before = world.cluster().requests().size();

    for (String command : List.of("run plan.yaml", "resume", "run plan.yaml --dry-run")) {
      String said = world.run(1, command.split(" "));
      assertTrue(said.contains("RUN-002"), said);
      assertTrue(said.contains("somebody deleted it"), said);
      assertTrue(said.contains("drover rollback"), said);
      assertFalse(said.contains("nothing to do"), said);
    }
    assertEquals(List.of(), world.changesSince(before));
    assertEquals(List.of("web-disk0"), world.volumes());

    world.run(0, "rollback", "plan.yaml", "--vm", "web", "--yes");
    world.run(0, "run", "plan.yaml");
    assertEquals(List.of("web"), world.machines());
    world.assertIdentical("web", 1);
  }

  private void assertEvidence(String vm, String... volumes) throws IOException {
    String evidence = Files.readString(folder.resolve(".drover/evidence/web/" + vm + ".json"));
    assertTrue(evidence.contains(world.machine(vm, "metadata", "uid")), evidence);
    for (String volume : volumes) {
      assertTrue(evidence.contains(world.volume(volume, "metadata", "uid")), evidence);
    }
    assertEquals(volumes.length, evidence.split("sha256-tree-4MiB", -1).length - 1, evidence);
  }

  private void foreign(String plural, String apiVersion, String kind, String name) {
    world
        .cluster()
        .put(
            plural,
            Map.of(
                "apiVersion",
                apiVersion,
                "kind",
                kind,
                "metadata",
                Map.of("name", name, "namespace", "web")));
  }
}
