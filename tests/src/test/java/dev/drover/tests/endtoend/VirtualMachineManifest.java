package dev.drover.tests.endtoend;

import java.nio.file.Files;
import java.nio.file.Path;
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
    JsonNode vm = new YAMLMapper().readTree(folder.resolve("virtualmachine.yaml").toFile());
    return new VirtualMachineManifest(vm.at("/spec/template/spec/domain"));
  }

  boolean efi() {
    return domain.at("/firmware/bootloader").has("efi");
  }

  String busOfFirstDisk() {
    return domain.at("/devices/disks/0/disk/bus").asString();
  }
}
