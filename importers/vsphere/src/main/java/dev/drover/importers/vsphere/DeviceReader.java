package dev.drover.importers.vsphere;

import com.vmware.vim25.VirtualCdrom;
import com.vmware.vim25.VirtualController;
import com.vmware.vim25.VirtualDevice;
import com.vmware.vim25.VirtualDisk;
import com.vmware.vim25.VirtualFloppy;
import com.vmware.vim25.VirtualPCIPassthrough;
import com.vmware.vim25.VirtualPCIPassthroughVmiopBackingInfo;
import com.vmware.vim25.VirtualParallelPort;
import com.vmware.vim25.VirtualSerialPort;
import com.vmware.vim25.VirtualSoundCard;
import com.vmware.vim25.VirtualUSB;
import com.vmware.vim25.VirtualUSBController;
import com.vmware.vim25.VirtualUSBXHCIController;
import dev.drover.mappings.model.SourceDevice;
import dev.drover.mappings.model.SourceDevice.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the devices that do not move, or only in another shape. */
final class DeviceReader {
  /** Every VM has these, and the target's machine has its own. */
  private static final Set<String> EVERYWHERE =
      Set.of(
          "VirtualKeyboard",
          "VirtualPointingDevice",
          "VirtualMachineVideoCard",
          "VirtualMachineVMCIDevice",
          "VirtualTPM");

  private final List<VirtualDevice> devices;

  DeviceReader(List<VirtualDevice> devices) {
    this.devices = devices;
  }

  List<SourceDevice> read() {
    List<SourceDevice> all = new ArrayList<>();
    for (VirtualDevice each : devices) {
      Kind kind = kind(each);
      if (kind != null) {
        all.add(new SourceDevice(kind, description(each)));
      }
    }
    return all;
  }

  /** Null for what is read elsewhere, or is no loss. */
  private static @Nullable Kind kind(VirtualDevice device) {
    if (device instanceof VirtualDisk || NicReader.isCard(device)) {
      return null;
    } else if (device instanceof VirtualCdrom) {
      return Kind.CDROM;
    } else if (device instanceof VirtualFloppy) {
      return Kind.FLOPPY;
    } else if (device instanceof VirtualSerialPort) {
      return Kind.SERIAL_PORT;
    } else if (device instanceof VirtualParallelPort) {
      return Kind.PARALLEL_PORT;
    } else if (device instanceof VirtualUSB) {
      return Kind.USB_DEVICE;
    } else if (device instanceof VirtualUSBController
        || device instanceof VirtualUSBXHCIController) {
      return Kind.USB_CONTROLLER;
    } else if (device instanceof VirtualSoundCard) {
      return Kind.SOUND;
    } else if (device instanceof VirtualPCIPassthrough) {
      return device.backing instanceof VirtualPCIPassthroughVmiopBackingInfo
          ? Kind.VGPU
          : Kind.PCI_PASSTHROUGH;
    }
    return device instanceof VirtualController ? null : newer(Newer.type(device));
  }

  /** Those that yavijava has no type for. */
  private static @Nullable Kind newer(String type) {
    if (EVERYWHERE.contains(type) || type.endsWith("Controller")) {
      return null;
    }
    return switch (type) {
      case "VirtualNVDIMM" -> Kind.NVDIMM;
      case "VirtualPrecisionClock" -> Kind.PRECISION_CLOCK;
      case "VirtualWDT" -> Kind.WATCHDOG;
      default -> Kind.OTHER;
    };
  }

  private static String description(VirtualDevice device) {
    String label = device.deviceInfo == null ? null : device.deviceInfo.label;
    return label == null || label.isBlank() ? Newer.type(device) : label;
  }
}
