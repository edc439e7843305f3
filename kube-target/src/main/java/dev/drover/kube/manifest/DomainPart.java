package dev.drover.kube.manifest;

import dev.drover.mappings.target.Platform;
import dev.drover.mappings.target.Platform.GuestFamily;
import dev.drover.mappings.target.Sizing;
import dev.drover.mappings.target.TargetDisk;
import dev.drover.mappings.target.TargetVm;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code spec.template.spec.domain}. */
final class DomainPart {
  private DomainPart() {}

  static Map<String, Object> of(TargetVm vm) {
    Tree domain = Tree.start();
    if (vm.sizing() instanceof Sizing.Explicit sizing) {
      domain
          .put("cpu", cpu(sizing))
          .put("memory", Tree.of("guest", Quantity.of(sizing.memory())))
          .put("resources", resources(sizing));
    }
    Platform platform = vm.platform();
    return domain
        .put(
            "machine",
            platform.machineType() == null ? null : Tree.of("type", platform.machineType()))
        .put("firmware", PlatformPart.firmware(platform))
        .put("features", PlatformPart.features(platform))
        .put("clock", PlatformPart.clock(platform))
        .put("devices", devices(vm))
        .map();
  }

  private static Map<String, Object> cpu(Sizing.Explicit sizing) {
    return Tree.start()
        .put("sockets", sizing.sockets())
        .put("cores", sizing.cores())
        .put("threads", sizing.threads())
        .map();
  }

  private static @Nullable Map<String, Object> resources(Sizing.Explicit sizing) {
    Map<String, Object> requests =
        Tree.start()
            .put(
                "cpu",
                sizing.cpuRequestMillis() == null
                    ? null
                    : Quantity.ofMillis(sizing.cpuRequestMillis()))
            .put(
                "memory",
                sizing.memoryRequest() == null ? null : Quantity.of(sizing.memoryRequest()))
            .map();
    return requests.isEmpty() ? null : Tree.of("requests", requests);
  }

  private static Map<String, Object> devices(TargetVm vm) {
    Tree devices = Tree.start();
    if (!vm.disks().isEmpty()) {
      devices.put("disks", disks(vm));
    }
    if (vm.nics().isEmpty()) {
      // Without an interface KubeVirt would attach one on the pod network by itself.
      devices.put("autoattachPodInterface", false);
    } else {
      devices.put("interfaces", NetworkPart.interfaces(vm));
    }
    // A system that nobody knows might have no USB, but then it does without a tablet as well.
    return devices
        .put(
            "inputs",
            List.of(
                Tree.start().put("type", "tablet").put("bus", "usb").put("name", "tablet").map()))
        .putIf(vm.platform().guest() != GuestFamily.OTHER, "rng", Tree.empty())
        .putIf(vm.platform().tpm(), "tpm", Tree.of("persistent", true))
        .map();
  }

  private static List<Object> disks(TargetVm vm) {
    List<Object> disks = new ArrayList<>();
    for (TargetDisk disk : vm.disks()) {
      disks.add(
          Tree.start()
              .put("name", disk.name())
              .put("bootOrder", disk.bootOrder())
              .put("serial", disk.serial())
              .put("disk", Tree.of("bus", disk.bus().name()))
              .map());
    }
    return disks;
  }
}
