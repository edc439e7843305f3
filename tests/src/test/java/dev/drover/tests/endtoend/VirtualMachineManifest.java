package dev.drover.tests.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.drover.tests.fixture.Guest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** What a rendered VirtualMachine says, for those who have to boot it without a cluster. */
record VirtualMachineManifest(JsonNode domain) {
  /** The manifest in the folder of the VM that a disk belongs to. */
  static VirtualMachineManifest above(Path disk) {
    Path folder = disk.getParent();
    while (folder != null && !Files.exists(folder.resolve("virtualmachine.yaml"))) {
      folder = folder.getParent();
    }
    if (folder == null) {
      throw new AssertionError("no virtualmachine.yaml above " + disk);
    }
    return of(new YAMLMapper().readTree(folder.resolve("virtualmachine.yaml").toFile()));
  }

  /** A VirtualMachine as a cluster holds it. */
  static VirtualMachineManifest of(Map<String, Object> object) {
    return of(new YAMLMapper().<JsonNode>valueToTree(object));
  }

  private static VirtualMachineManifest of(JsonNode vm) {
    return new VirtualMachineManifest(vm.at("/spec/template/spec/domain"));
  }

  boolean efi() {
    return domain.at("/firmware/bootloader").has("efi");
  }

  String busOfFirstDisk() {
    return domain.at("/devices/disks/0/disk/bus").asString();
  }

  /** The guest comes up from that disk with the firmware and the bus named here. */
  void assertBoots(Path disk, String format) {
    Guest.Said said = Guest.boot(disk, format, efi(), busOfFirstDisk());
    assertEquals(Guest.content(), said.content());
    assertEquals(busOfFirstDisk().equals("virtio") ? "vda2" : "sda2", said.disk());
  }
}
