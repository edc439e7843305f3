package dev.drover.mappings.target;

import dev.drover.mappings.model.Finding;
import dev.drover.mappings.model.PowerState;
import dev.drover.mappings.model.SourceDevice;
import dev.drover.mappings.model.SourceVm;

/** What the VM is and has at the source that does not move with it. */
final class SourceChecks {
  private SourceChecks() {}

  static void apply(Mapping m) {
    kind(m);
    state(m);
    placement(m);
    m.vm().devices().forEach(device -> device(m, device));
  }

  private static void kind(Mapping m) {
    if (m.vm().identity().placeholder().isYes()) {
      m.blocker(
          "VM-001",
          "is a placeholder of a replication product and has no disks of its own",
          "move the VM that it stands for",
          "");
    }
    if (m.vm().identity().template().isYes()) {
      m.warning(
          "VM-002",
          "is a template; it becomes a VM",
          "leave it out of the plan, or make a DataSource of its disk after the move",
          "");
    }
  }

  private static void state(Mapping m) {
    SourceVm vm = m.vm();
    if (vm.power() == PowerState.SUSPENDED) {
      m.warning(
          "VM-003",
          "is suspended: what its memory holds does not move, and its disks may be in the middle of"
              + " a write",
          "resume it and shut it down before the move",
          "");
    }
    if (vm.snapshots() != null && !vm.snapshots().isEmpty()) {
      m.info(
          "VM-004",
          "has snapshots; the present state moves, the snapshots do not",
          "keep the source until nobody needs them",
          vm.snapshots().size() + " at the root");
    }
  }

  private static void placement(Mapping m) {
    if (m.vm().placement().faultTolerant().isYes()) {
      m.warning(
          "VM-005",
          "is fault-tolerant at the source; KubeVirt starts a VM again elsewhere, but keeps no twin",
          "see that the service can be away for a restart",
          "");
    }
    if (!m.vm().placement().affinity().isEmpty()) {
      m.info(
          "VM-006",
          "affinity rules bind it at the source; they do not move",
          "set pod affinity or node selectors after the move",
          String.join(
              ", ", m.vm().placement().affinity().stream().map(rule -> rule.name()).toList()));
    }
  }

  private static void device(Mapping m, SourceDevice device) {
    switch (device.kind()) {
      case PCI_PASSTHROUGH, VGPU ->
          m.warning(
              code(device),
              "a host device is passed to it; it does not move",
              "give the VM a host device of the target's nodes after the move",
              device.description());
      case NVDIMM ->
          m.warning(
              code(device),
              "has persistent memory; what it holds does not move",
              "copy its content to a disk before the move",
              device.description());
      case USB_DEVICE ->
          m.warning(
              code(device),
              "a USB device is plugged into it; it does not move",
              "serve dongles over the network, or pass the device through on a node",
              device.description());
      default ->
          m.add(
              Finding.info(
                      code(device),
                      "device does not move: " + device.kind().name().replace('_', ' '),
                      "see that the guest does without it")
                  .with(device.description()));
    }
  }

  /** Codes are stable: a kind keeps its number. */
  private static String code(SourceDevice device) {
    return switch (device.kind()) {
      case CDROM -> "DEV-001";
      case FLOPPY -> "DEV-002";
      case SERIAL_PORT -> "DEV-003";
      case PARALLEL_PORT -> "DEV-004";
      case USB_CONTROLLER -> "DEV-005";
      case USB_DEVICE -> "DEV-006";
      case SOUND -> "DEV-007";
      case PCI_PASSTHROUGH -> "DEV-008";
      case VGPU -> "DEV-009";
      case NVDIMM -> "DEV-010";
      case PRECISION_CLOCK -> "DEV-011";
      case WATCHDOG -> "DEV-012";
      case OTHER -> "DEV-099";
    };
  }
}
