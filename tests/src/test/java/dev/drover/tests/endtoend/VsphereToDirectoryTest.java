package dev.drover.tests.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.tests.fixture.Drover;
import dev.drover.tests.fixture.Noise;
import dev.drover.tests.fixture.Programs;
import dev.drover.tests.fixture.Vcenter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** VMs that are off in a vCenter, copied from its datastore's files. */
class VsphereToDirectoryTest {
  private static final int SIZE = (24 << 20) + 512;

  @TempDir Path folder;

  @Test
  void movesVmsWhoseFlatDisksLieOnADatastore() throws Exception {
    Programs.need("qemu-img");
    Path first = Noise.disk(folder.resolve("first.raw"), SIZE, 1);
    Path second = Noise.disk(folder.resolve("second.raw"), SIZE, 2);
    Path login = login();
    try (Vcenter vcenter = Vcenter.start(folder, SIZE, false)) {
      vcenter.put("DC0_C0_RP0_VM0", first);
      vcenter.put("DC0_C0_RP0_VM1", second);
      String source = "dc1=vsphere:" + vcenter.sdk();
      List<String> in = List.of("--source", source, "--credentials", "file:" + login, "--insecure");
      Drover drover = new Drover(folder);

      String checked = drover.run(0, with(List.of("check"), in));
      assertTrue(checked.contains("VSP-010"), checked);
      // One after the other: the simulator gives both the same MAC, which a plan of both refuses.
      for (String vm : List.of("VM0", "VM1")) {
        drover.run(
            0, with(List.of("inventory", "--name", "DC0_C0_RP0_" + vm, "-o", vm + ".json"), in));
        drover.run(
            0, "plan", vm + ".json", "--target", "directory:./out-" + vm, "-o", vm + ".yaml");
        drover.run(0, "validate", vm + ".yaml");
        drover.run(0, "run", vm + ".yaml", "--state", "state-" + vm);
      }
    }
    assertIdentical(first, "out-VM0", "dc0-c0-rp0-vm0");
    assertIdentical(second, "out-VM1", "dc0-c0-rp0-vm1");
    try (Stream<Path> files = Files.walk(folder)) {
      assertEquals(List.of(), files.filter(f -> f.toString().endsWith(".partial")).toList());
    }
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> texts =
          files.filter(f -> f.toString().matches(".*\\.(json|yaml|md|log)")).toList();
      assertTrue(texts.size() > 6, texts.toString());
      texts.forEach(f -> assertFalse(hasPassword(f), f.toString()));
    }
  }

  private Path login() throws Exception {
    Path login = folder.resolve("login");
    Files.writeString(login, "username: mover\npassword: m0ves-quietly\n");
    Files.setPosixFilePermissions(login, PosixFilePermissions.fromString("rw-------"));
    return login;
  }

  @Test
  void rehearsesAVmThatRunsThenStopsItAndARollBackStartsItAgain() throws Exception {
    Programs.need("qemu-img");
    String name = "DC0_C0_RP0_VM0";
    Path disk = Noise.disk(folder.resolve("disk.raw"), SIZE, 3);
    try (Vcenter vcenter = Vcenter.start(folder, SIZE, true)) {
      vcenter.put(name, disk);
      List<String> in =
          List.of(
              "--source",
              "dc1=vsphere:" + vcenter.sdk(),
              "--credentials",
              "file:" + login(),
              "--insecure");
      Drover drover = new Drover(folder);
      String[] inventory = with(List.of("inventory", "--name", name, "-o", "vm.json"), in);
      drover.run(0, inventory);
      drover.run(0, "plan", "vm.json", "--target", "directory:./out", "-o", "plan.yaml");

      drover.run(1, "run", "plan.yaml");
      assertEquals("ON", power());

      String cold = Files.readString(folder.resolve("plan.yaml"));
      rule(cold, "snapshot");
      drover.run(0, "run", "plan.yaml");
      assertIdentical(disk, "out", "dc0-c0-rp0-vm0");
      assertTrue(
          Files.readString(folder.resolve("out/default/dc0-c0-rp0-vm0/virtualmachine.yaml"))
              .contains("drover.dev/rehearsal: \"true\""));
      String left = drover.run(0, with(List.of("clean", "--dry-run"), in));
      assertTrue(left.contains("nothing of Drover's is left"), left);
      drover.run(0, "rollback", "plan.yaml", "--vm", name, "-y");

      rule(cold, "powerOff"); // nothing listens in a simulated guest
      drover.run(0, "run", "plan.yaml");
      assertIdentical(disk, "out", "dc0-c0-rp0-vm0");
      drover.run(0, inventory);
      assertEquals("OFF", power());
      drover.run(0, "rollback", "plan.yaml", "--vm", name, "-y");
      drover.run(0, inventory);
      assertEquals("ON", power());
    }
  }

  private void rule(String plan, String whenRunning) throws Exception {
    Files.writeString(
        folder.resolve("plan.yaml"),
        plan.replace(
            "\ndefaults:\n", "\ndefaults:\n  source: {whenRunning: " + whenRunning + "}\n"));
  }

  /** As the inventory says. */
  private String power() throws Exception {
    String text = Files.readString(folder.resolve("vm.json"));
    return text.replaceAll("(?s).*\"power\" *: *\"([A-Z]+)\".*", "$1");
  }

  private static boolean hasPassword(Path file) {
    try {
      return Files.readString(file).contains("m0ves-quietly");
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static String[] with(List<String> command, List<String> more) {
    return Stream.concat(command.stream(), more.stream()).toArray(String[]::new);
  }

  private void assertIdentical(Path expected, String out, String name) throws Exception {
    Path disk;
    try (Stream<Path> files = Files.walk(folder.resolve(out))) {
      disk =
          files
              .filter(f -> f.getFileName().toString().matches(name + "-disk0\\.(raw|qcow2)"))
              .findFirst()
              .orElseThrow(() -> new AssertionError("no disk of " + name));
    }
    Programs.run(folder, "qemu-img", "compare", "-f", "raw", expected.toString(), disk.toString());
  }
}
