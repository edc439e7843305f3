package dev.drover.importers.vsphere;

import com.vmware.vim25.ParaVirtualSCSIController;
import com.vmware.vim25.VirtualBusLogicController;
import com.vmware.vim25.VirtualController;
import com.vmware.vim25.VirtualDevice;
import com.vmware.vim25.VirtualDisk;
import com.vmware.vim25.VirtualIDEController;
import com.vmware.vim25.VirtualLsiLogicController;
import com.vmware.vim25.VirtualLsiLogicSASController;
import com.vmware.vim25.VirtualMachineFileLayoutExDiskLayout;
import com.vmware.vim25.VirtualMachineFileLayoutExDiskUnit;
import com.vmware.vim25.VirtualMachineFileLayoutExFileInfo;
import com.vmware.vim25.VirtualMachineFlagInfo;
import com.vmware.vim25.VirtualSATAController;
import com.vmware.vim25.VirtualSCSIController;
import com.vmware.vim25.VirtualSCSISharing;
import dev.drover.mappings.model.Answer;
import dev.drover.mappings.model.ByteSize;
import dev.drover.mappings.model.DiskAddress;
import dev.drover.mappings.model.SourceDisk;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the disks. A disk's id is the key of its device: {@code 2000}. */
final class DiskReader {
  private final Props vm;
  private final List<VirtualDevice> devices;
  private final Surroundings around;
  private final Map<Integer, VirtualDevice> byKey = new HashMap<>();

  DiskReader(Props vm, List<VirtualDevice> devices, Surroundings around) {
    this.vm = vm;
    this.devices = devices;
    this.around = around;
    devices.forEach(device -> byKey.put(device.key, device));
  }

  List<SourceDisk> read() {
    List<SourceDisk> disks = new ArrayList<>();
    Set<Integer> keys = new HashSet<>();
    for (VirtualDevice each : devices) {
      if (each instanceof VirtualDisk disk && keys.add(disk.key)) {
        disks.add(read(disk));
      }
    }
    return disks;
  }

  private SourceDisk read(VirtualDisk disk) {
    DiskBacking backing = new DiskBacking(disk, around);
    return new SourceDisk(
        String.valueOf(disk.key),
        disk.deviceInfo == null || disk.deviceInfo.label == null
            ? "disk " + disk.key
            : disk.deviceInfo.label,
        size(disk),
        used(disk),
        address(disk),
        backing.backing(),
        sharing(disk, backing),
        backing.mode(),
        serial(backing),
        backing.uuid(),
        backing.isPassedThrough()
            ? Answer.NO
            : Answer.of(vm.get("config.changeTrackingEnabled", Boolean.class)),
        backing.changeId());
  }

  /** Kibibytes until API 5.5. */
  static ByteSize size(VirtualDisk disk) {
    Long bytes = disk.capacityInBytes;
    if (bytes != null && bytes > 0) {
      return new ByteSize(bytes);
    }
    long kib = Math.max(0, Math.min(disk.capacityInKB, Long.MAX_VALUE >> 10));
    return new ByteSize(kib << 10);
  }

  /** The files of the disk's chain, snapshots' parts included; null where vCenter lists none. */
  private @Nullable ByteSize used(VirtualDisk disk) {
    Set<Integer> keys = new HashSet<>();
    for (VirtualMachineFileLayoutExDiskLayout layout :
        vm.all("layoutEx.disk", VirtualMachineFileLayoutExDiskLayout.class)) {
      if (layout.key == disk.key) {
        for (VirtualMachineFileLayoutExDiskUnit unit :
            Props.list(layout.chain, VirtualMachineFileLayoutExDiskUnit.class)) {
          Props.list(unit.fileKey, Integer.class).forEach(keys::add);
        }
      }
    }
    long sum = 0;
    boolean any = false;
    for (VirtualMachineFileLayoutExFileInfo file :
        vm.all("layoutEx.file", VirtualMachineFileLayoutExFileInfo.class)) {
      if (keys.contains(file.key) && "diskExtent".equals(file.type) && file.size >= 0) {
        sum += file.size;
        any = true;
      }
    }
    return any && sum >= 0 ? new ByteSize(sum) : null;
  }

  private DiskAddress address(VirtualDisk disk) {
    VirtualDevice controller = disk.controllerKey == null ? null : byKey.get(disk.controllerKey);
    int unit = disk.unitNumber == null || disk.unitNumber < 0 ? 0 : disk.unitNumber;
    if (controller == null) {
      return new DiskAddress(DiskAddress.Bus.UNKNOWN, null, 0, unit);
    }
    return new DiskAddress(bus(controller), model(controller), number(controller), unit);
  }

  private static int number(VirtualDevice controller) {
    Integer number =
        controller instanceof VirtualController known
            ? (Integer) known.busNumber
            : Newer.number(controller, "busNumber");
    return number == null || number < 0 ? 0 : number;
  }

  private static DiskAddress.Bus bus(VirtualDevice controller) {
    if (controller instanceof VirtualSCSIController) {
      return DiskAddress.Bus.SCSI;
    } else if (controller instanceof VirtualIDEController) {
      return DiskAddress.Bus.IDE;
    } else if (controller instanceof VirtualSATAController) {
      return DiskAddress.Bus.SATA;
    }
    String type = Newer.type(controller).toUpperCase(Locale.ROOT);
    return type.contains("NVME")
        ? DiskAddress.Bus.NVME
        : type.contains("SCSI")
            ? DiskAddress.Bus.SCSI
            : type.contains("SATA") || type.contains("AHCI")
                ? DiskAddress.Bus.SATA
                : DiskAddress.Bus.UNKNOWN;
  }

  /** As OVF spells it, so that one table of drivers serves both. */
  private static @Nullable String model(VirtualDevice controller) {
    if (controller instanceof ParaVirtualSCSIController) {
      return "VirtualSCSI";
    } else if (controller instanceof VirtualLsiLogicSASController) {
      return "lsilogicsas";
    } else if (controller instanceof VirtualLsiLogicController) {
      return "lsilogic";
    } else if (controller instanceof VirtualBusLogicController) {
      return "buslogic";
    } else if (controller instanceof VirtualSATAController) {
      return "AHCI";
    }
    return controller.dynamicType;
  }

  private SourceDisk.Sharing sharing(VirtualDisk disk, DiskBacking backing) {
    if (backing.isMultiWriter()) {
      return SourceDisk.Sharing.MULTI_WRITER;
    }
    VirtualDevice controller = disk.controllerKey == null ? null : byKey.get(disk.controllerKey);
    if (controller instanceof VirtualSCSIController scsi) {
      return scsi.sharedBus == null
          ? SourceDisk.Sharing.UNKNOWN
          : scsi.sharedBus == VirtualSCSISharing.noSharing
              ? SourceDisk.Sharing.NONE
              : SourceDisk.Sharing.SHARED_BUS;
    }
    String shared = controller == null ? null : Newer.text(controller, "sharedBus");
    return shared == null || shared.equals("noSharing")
        ? SourceDisk.Sharing.NONE
        : SourceDisk.Sharing.SHARED_BUS;
  }

  /** The guest reads the disk's UUID as its serial number only where this flag is on. */
  private @Nullable String serial(DiskBacking backing) {
    VirtualMachineFlagInfo flags = vm.get("config.flags", VirtualMachineFlagInfo.class);
    boolean shown = flags != null && Boolean.TRUE.equals(flags.diskUuidEnabled);
    String uuid = backing.uuid();
    return shown && uuid != null ? uuid.replace("-", "") : null;
  }
}
