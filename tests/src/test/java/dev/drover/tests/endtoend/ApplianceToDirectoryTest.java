package dev.drover.tests.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.tests.fixture.Drover;
import dev.drover.tests.fixture.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The main job on appliances in every form that has a real guest inside. */
class ApplianceToDirectoryTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"raw, sata", "qcow2, scsi"})
  void everyFormOfAnApplianceGivesTheSameDisk(String format, String bus) throws IOException {
    EveryForm forms = EveryForm.below(folder);
    Drover drover = new Drover(folder);

    drover.run(0, "inventory", "--source", "ova:./appliances", "-o", "inventory.json");
    drover.run(0, "plan", "inventory.json", "--target", "directory:./out", "-o", "plan.yaml");
    Path plan = folder.resolve("plan.yaml");
    String text =
        Files.readString(plan)
            .replaceFirst("\n    format: \\w+", "\n    format: " + format)
            .replaceFirst("(\n +)name: efi\n", "$1name: efi$1diskBus: " + bus + "\n");
    assertTrue(text.contains("format: " + format) && text.contains("diskBus: " + bus), text);
    Files.writeString(plan, text);
    drover.run(0, "validate", "plan.yaml");
    assertTellsItsPrograms(drover.run(0, "run", "-v", "plan.yaml"));

    for (var form : forms.disks().entrySet()) {
      for (int i = 0; i < form.getValue().size(); i++) {
        assertIdentical(form.getValue().get(i), disk(form.getKey(), i, format), format);
      }
    }
    for (String name : EveryForm.BOOTABLE) {
      assertBoots(name, format);
    }
    assertEquals(bus, VirtualMachineManifest.above(disk("efi", 0, format)).busOfFirstDisk());
    assertNothingPartial();
  }

  private static void assertTellsItsPrograms(String log) {
    assertTrue(log.matches("(?s).*: starting .*/qemu-img --version\n.*"), log);
    assertTrue(log.matches("(?s).*: exit code 0 after \\d+ ms: .*/qemu-img --version\n.*"), log);
  }

  private Path disk(String name, int number, String format) throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("out"))) {
      return files
          .filter(f -> f.endsWith(name + "-disk" + number + "." + format))
          .findFirst()
          .orElseThrow(() -> new AssertionError("no disk " + number + " of " + name));
    }
  }

  private void assertIdentical(Path expected, Path disk, String format) {
    Programs.run(
        folder,
        "qemu-img",
        "compare",
        "-f",
        "raw",
        "-F",
        format,
        expected.toString(),
        disk.toString());
    if (format.equals("qcow2")) {
      Programs.run(folder, "qemu-img", "check", disk.toString());
    }
  }

  /** With the firmware and the bus that the manifest names. */
  private void assertBoots(String name, String format) throws IOException {
    Path disk = disk(name, 0, format);
    VirtualMachineManifest manifest = VirtualMachineManifest.above(disk);
    manifest.assertBoots(disk, format);
    assertEquals(name.equals("efi"), manifest.efi());
  }

  private void assertNothingPartial() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      assertEquals(
          List.of(), files.filter(f -> f.toString().endsWith(".partial")).toList(), "left behind");
    }
  }
}
