package dev.drover.tests.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.importers.vsphere.simulator.Vcsim;
import dev.drover.tests.fixture.Noise;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** VMs of a vCenter, copied from its datastore's files. */
class VsphereToDirectoryTest {
  private static final int SIZE = (24 << 20) + 512;

  @TempDir Path folder;

  static List<Vcsim.Version> versions() {
    return Vcsim.versions();
  }

  @ParameterizedTest
  @MethodSource("versions")
  void movesVmsWhoseFlatDisksLieOnADatastore(Vcsim.Version version) throws Exception {
    Path first = Noise.disk(folder.resolve("first.raw"), SIZE, 1);
    Path second = Noise.disk(folder.resolve("second.raw"), SIZE, 2);
    try (VsphereWorld world = new VsphereWorld(folder, version, "-autostart=false")) {
      world.flat(SIZE);
      world.put("DC0_C0_RP0_VM0", first);
      world.put("DC0_C0_RP0_VM1", second);
      String checked = world.ask("check");
      assertTrue(checked.contains("VSP-010"), checked);
      // One after the other: the simulator gives both the same MAC, which a plan of both refuses.
      for (String vm : List.of("VM0", "VM1")) {
        world.ask("inventory", "--name", "DC0_C0_RP0_" + vm, "-o", vm + ".json");
        world.run(0, "plan", vm + ".json", "--target", "directory:./out-" + vm, "-o", vm + ".yaml");
        world.run(0, "validate", vm + ".yaml");
        world.run(0, "run", vm + ".yaml", "--state", "state-" + vm);
      }
      world.assertIdentical(first, "out-VM0", "dc0-c0-rp0-vm0");
      world.assertIdentical(second, "out-VM1", "dc0-c0-rp0-vm1");
      world.assertNothingIsLeft();
      world.assertNoPassword();
    }
  }

  @ParameterizedTest
  @MethodSource("versions")
  void rehearsesAVmThatRunsThenStopsItAndARollBackStartsItAgain(Vcsim.Version version)
      throws Exception {
    String name = "DC0_C0_RP0_VM0";
    Path disk = Noise.disk(folder.resolve("disk.raw"), SIZE, 3);
    try (VsphereWorld world = new VsphereWorld(folder, version)) {
      world.flat(SIZE);
      world.put(name, disk);
      world.plan(name);

      world.run(1, "run", "plan.yaml");
      assertEquals("ON", world.power());

      world.rule("snapshot");
      world.run(0, "run", "plan.yaml");
      world.assertIdentical(disk, "out", "dc0-c0-rp0-vm0");
      assertTrue(
          Files.readString(folder.resolve("out/default/dc0-c0-rp0-vm0/virtualmachine.yaml"))
              .contains("drover.dev/rehearsal: \"true\""));
      world.assertNothingIsLeft();
      world.run(0, "rollback", "plan.yaml", "--vm", name, "-y");

      world.rule("powerOff"); // nothing listens in a simulated guest
      world.run(0, "run", "plan.yaml");
      world.assertIdentical(disk, "out", "dc0-c0-rp0-vm0");
      assertEquals("OFF", powerNow(world, name));
      world.run(0, "rollback", "plan.yaml", "--vm", name, "-y");
      assertEquals("ON", powerNow(world, name));
    }
  }

  private static String powerNow(VsphereWorld world, String vm) throws Exception {
    world.ask("inventory", "--name", vm, "-o", "vm.json");
    return world.power();
  }
}
