package dev.drover.importers.ova;

import dev.drover.mappings.model.SourceDevice;
import dev.drover.mappings.model.SourceDevice.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what is neither disk nor NIC, controller, CPU or memory. */
final class DeviceReader {
  private final VmContext vm;

  DeviceReader(VmContext vm) {
    this.vm = vm;
  }

  List<SourceDevice> read() {
    List<SourceDevice> devices = new ArrayList<>();
    for (HardwareItem item : vm.hardware().items()) {
      Kind kind = kind(item);
      if (kind != null) {
        devices.add(new SourceDevice(kind, description(item)));
        report(kind, item);
      }
    }
    return devices;
  }

  private @Nullable Kind kind(HardwareItem item) {
    return switch (item.type()) {
      case HardwareItem.CPU, HardwareItem.MEMORY, HardwareItem.ETHERNET -> null;
      case HardwareItem.DISK, HardwareItem.LOGICAL_DISK, HardwareItem.IDE, HardwareItem.SCSI ->
          null;
      case HardwareItem.CDROM, HardwareItem.DVD -> Kind.CDROM;
      case HardwareItem.FLOPPY -> Kind.FLOPPY;
      case HardwareItem.SERIAL -> Kind.SERIAL_PORT;
      case HardwareItem.PARALLEL -> Kind.PARALLEL_PORT;
      case HardwareItem.USB -> Kind.USB_CONTROLLER;
      case HardwareItem.SOUND -> Kind.SOUND;
      default -> bySubtype(item);
    };
  }

  private static @Nullable Kind bySubtype(HardwareItem item) {
    String words = item.subtype();
    if (words.contains("vtpm") || Controllers.bus(item) != null) {
      return null;
    } else if (words.contains("nvdimm")) {
      return words.contains("controller") ? null : Kind.NVDIMM;
    } else if (words.contains("vgpu")) {
      return Kind.VGPU;
    } else if (words.contains("passthrough")) {
      return Kind.PCI_PASSTHROUGH;
    } else if (words.contains("precisionclock")) {
      return Kind.PRECISION_CLOCK;
    } else if (words.contains("wdt") || words.contains("watchdog")) {
      return Kind.WATCHDOG;
    } else if (words.contains("usb")) {
      return words.contains("device") ? Kind.USB_DEVICE : Kind.USB_CONTROLLER;
    }
    return words.contains("soundcard") ? Kind.SOUND : Kind.OTHER;
  }

  private String description(HardwareItem item) {
    OvfFile file = HostResource.file(item, vm.envelope());
    return item.label()
        + (item.subtype().isEmpty() ? "" : " (" + SafeName.shown(item.subtype()) + ")")
        + (file == null ? "" : " with " + SafeName.shown(file.href()));
  }

  private void report(Kind kind, HardwareItem item) {
    OvfFile file = HostResource.file(item, vm.envelope());
    if (kind == Kind.NVDIMM) {
      vm.warn(
          "OVF-025",
          "the content of persistent memory does not move",
          "copy what \"" + item.label() + "\" holds to a disk in the guest before the move",
          item.subtype());
    } else if (file != null) {
      vm.inform(
          "OVF-027",
          "an image is in \"" + item.label() + "\"; it does not move",
          "upload it as a volume of its own if the guest needs it",
          file.href());
    } else if (item.type() < 0) {
      vm.warn(
          "OVF-018",
          "a part of the hardware has no type and is left out",
          "correct rasd:ResourceType at " + item.place(),
          item.label());
    }
  }
}
