package dev.drover.tests.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
    Path login = folder.resolve("login");
    Files.writeString(login, "username: mover\npassword: moves\n");
    Files.setPosixFilePermissions(login, PosixFilePermissions.fromString("rw-------"));
    try (Vcenter vcenter = Vcenter.start(folder, SIZE)) {
      vcenter.put("DC0_C0_RP0_VM0", first);
      vcenter.put("DC0_C0_RP0_VM1", second);
      String source = "dc1=vsphere:" + vcenter.sdk();
      List<String> in = List.of("--source", source, "--credentials", "file:" + login, "--insecure");
      Drover drover = new Drover(folder);

      String checked = drover.run(0, with(List.of("check"), in));
      assertTrue(checked.contains("VSP-010"), checked);
      drover.run(
          0, with(List.of("inventory", "--name", "DC0_C0_RP0_VM?", "-o", "inventory.json"), in));
      drover.run(0, "plan", "inventory.json", "--target", "directory:./out", "-o", "plan.yaml");
      drover.run(0, "validate", "plan.yaml");
      drover.run(0, "run", "plan.yaml");
    }
    assertIdentical(first, "dc0-c0-rp0-vm0");
    assertIdentical(second, "dc0-c0-rp0-vm1");
    try (Stream<Path> files = Files.walk(folder)) {
      assertEquals(List.of(), files.filter(f -> f.toString().endsWith(".partial")).toList());
    }
    assertTrue(
        Files.walk(folder.resolve("out"))
            .filter(Files::isRegularFile)
            .filter(f -> f.toString().matches(".*\\.(json|yaml|md)"))
            .noneMatch(VsphereToDirectoryTest::hasPassword));
  }

  private static boolean hasPassword(Path file) {
    try {
      return Files.readString(file).contains("moves");
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static String[] with(List<String> command, List<String> more) {
    return Stream.concat(command.stream(), more.stream()).toArray(String[]::new);
  }

  private void assertIdentical(Path expected, String name) throws Exception {
    Path disk;
    try (Stream<Path> files = Files.walk(folder.resolve("out"))) {
      disk =
          files
              .filter(f -> f.getFileName().toString().matches(name + "-disk0\\.(raw|qcow2)"))
              .findFirst()
              .orElseThrow(() -> new AssertionError("no disk of " + name));
    }
    Programs.run(folder, "qemu-img", "compare", "-f", "raw", expected.toString(), disk.toString());
  }
}
