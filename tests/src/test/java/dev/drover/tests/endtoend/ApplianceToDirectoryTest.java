package dev.drover.tests.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.tests.fixture.Appliance;
import dev.drover.tests.fixture.Drover;
import dev.drover.tests.fixture.Guest;
import dev.drover.tests.fixture.Noise;
import dev.drover.tests.fixture.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The main job on appliances in every form that has a real guest inside. */
class ApplianceToDirectoryTest {
  @TempDir Path folder;

  @BeforeEach
  void peers() {
    Programs.need("qemu-img", "gzip");
  }

  @ParameterizedTest
  @ValueSource(strings = {"raw", "qcow2"})
  void everyFormOfAnApplianceGivesTheSameDisk(String format) throws IOException {
    Path guest = Guest.disk();
    Path data = Noise.disk(folder.resolve("data.raw"), (24 << 20) + 512, 7);
    Path in = Files.createDirectories(folder.resolve("appliances"));
    Path work = Files.createDirectories(folder.resolve("work"));
    Appliance.named(work, "stream").streamOptimized(guest).ova(in);
    Appliance.named(work, "efi").efi().streamOptimized(guest).ova(in);
    Appliance.named(work, "two").streamOptimized(guest).streamOptimized(data).ova(in);
    Appliance.named(work, "gz").streamOptimized(data).gzipped().ova(in);
    Appliance.named(work, "vhd").image(data, "vpc", "vhd", "force_size=on").ova(in);
    Appliance.named(work, "qcow2").image(data, "qcow2", "qcow2", "").ova(in);
    Appliance.named(work, "chunks").streamOptimized(data).chunked(1 << 20).ova(in);
    Appliance.named(work, "whole").streamOptimized(data).ovaGz(in);
    Appliance.named(work, "plain").streamOptimized(guest).folder(in);
    Drover drover = new Drover(folder);

    drover.run(0, "inventory", "--source", "ova:./appliances", "-o", "inventory.json");
    drover.run(0, "plan", "inventory.json", "--target", "directory:./out", "-o", "plan.yaml");
    Path plan = folder.resolve("plan.yaml");
    String text =
        Files.readString(plan).replaceFirst("\n    format: \\w+", "\n    format: " + format);
    assertTrue(text.contains("format: " + format), text);
    Files.writeString(plan, text);
    drover.run(0, "validate", "plan.yaml");
    assertTellsItsPrograms(drover.run(0, "run", "-v", "plan.yaml"));

    for (String name : List.of("stream", "efi", "two", "plain")) {
      assertIdentical(guest, disk(name, 0, format), format);
    }
    assertIdentical(data, disk("two", 1, format), format);
    for (String name : List.of("gz", "vhd", "qcow2", "chunks", "whole")) {
      assertIdentical(data, disk(name, 0, format), format);
    }
    assertBoots("stream", format);
    assertBoots("efi", format);
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
    Guest.Said said = Guest.boot(disk, format, manifest.efi(), manifest.busOfFirstDisk());
    assertEquals(Guest.content(), said.content());
    assertEquals(
        manifest.busOfFirstDisk().equals("virtio") ? "vda2" : "sda2", said.disk(), "of " + name);
    assertEquals(name.equals("efi"), manifest.efi());
  }

  private void assertNothingPartial() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      assertEquals(
          List.of(), files.filter(f -> f.toString().endsWith(".partial")).toList(), "left behind");
    }
  }
}
