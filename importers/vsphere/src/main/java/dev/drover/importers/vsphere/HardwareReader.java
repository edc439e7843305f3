package dev.drover.importers.vsphere;

import com.vmware.vim25.LatencySensitivity;
import com.vmware.vim25.LatencySensitivitySensitivityLevel;
import com.vmware.vim25.ResourceAllocationInfo;
import com.vmware.vim25.VirtualDevice;
import com.vmware.vim25.VirtualHardware;
import com.vmware.vim25.VirtualMachineAffinityInfo;
import com.vmware.vim25.VirtualMachineBootOptions;
import com.vmware.vim25.VirtualMachineBootOptionsBootableDevice;
import com.vmware.vim25.VirtualMachineBootOptionsBootableDiskDevice;
import com.vmware.vim25.VirtualMachineBootOptionsBootableEthernetDevice;
import com.vmware.vim25.VirtualMachineFileLayoutExFileInfo;
import dev.drover.mappings.model.Answer;
import dev.drover.mappings.model.ByteSize;
import dev.drover.mappings.model.Cpu;
import dev.drover.mappings.model.Firmware;
import dev.drover.mappings.model.Memory;
import dev.drover.mappings.model.SourceDisk;
import dev.drover.mappings.model.SourceNic;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads CPU, memory and firmware. */
final class HardwareReader {
  private final Props vm;
  private final VirtualHardware hardware;
  private final List<VirtualDevice> devices;

  HardwareReader(Props vm, VirtualHardware hardware, List<VirtualDevice> devices) {
    this.vm = vm;
    this.hardware = hardware;
    this.devices = devices;
  }

  Cpu cpu() {
    ResourceAllocationInfo allocation =
        vm.get("config.cpuAllocation", ResourceAllocationInfo.class);
    VirtualMachineAffinityInfo affinity =
        vm.get("config.cpuAffinity", VirtualMachineAffinityInfo.class);
    LatencySensitivity latency = vm.get("config.latencySensitivity", LatencySensitivity.class);
    Integer cores = hardware.numCoresPerSocket;
    return new Cpu(
        hardware.numCPU,
        cores == null || cores < 1 ? null : cores,
        null,
        allocation == null ? null : atLeast(allocation.reservation, 0),
        allocation == null ? null : atLeast(allocation.limit, 1),
        vm.text("runtime.minRequiredEVCModeKey"),
        Answer.of(vm.get("config.cpuHotAddEnabled", Boolean.class)),
        Answer.of(
            affinity != null && affinity.affinitySet != null && affinity.affinitySet.length > 0),
        latency == null || latency.level == null
            ? Answer.UNKNOWN
            : Answer.of(latency.level == LatencySensitivitySensitivityLevel.high),
        Answer.of(vm.get("config.nestedHVEnabled", Boolean.class)));
  }

  /** vSphere writes -1 for no limit. */
  private static @Nullable Long atLeast(@Nullable Long number, long least) {
    return number == null || number < least ? null : number;
  }

  Memory memory() {
    ResourceAllocationInfo allocation =
        vm.get("config.memoryAllocation", ResourceAllocationInfo.class);
    Long reserved = allocation == null ? null : atLeast(allocation.reservation, 0);
    return new Memory(
        ByteSize.ofMiB(hardware.memoryMB),
        reserved == null || reserved > 1L << 30 ? null : ByteSize.ofMiB(reserved),
        Answer.of(vm.get("config.memoryHotAddEnabled", Boolean.class)),
        Answer.UNKNOWN);
  }

  Firmware firmware(List<SourceDisk> disks, List<SourceNic> nics) {
    VirtualMachineBootOptions boot = vm.get("config.bootOptions", VirtualMachineBootOptions.class);
    String type = vm.text("config.firmware");
    boolean efi = "efi".equals(type);
    return new Firmware(
        efi ? Firmware.Type.EFI : "bios".equals(type) ? Firmware.Type.BIOS : Firmware.Type.UNKNOWN,
        secureBoot(boot, efi),
        Answer.of(devices.stream().anyMatch(d -> Newer.type(d).equals("VirtualTPM"))),
        bootOrder(boot, disks, nics),
        nvram(),
        null,
        null);
  }

  /** Known since API 6.5; older ones have none. */
  private static Answer secureBoot(@Nullable VirtualMachineBootOptions boot, boolean efi) {
    Boolean on = Newer.flag(boot, "efiSecureBootEnabled");
    return on == null && boot != null ? Answer.NO : Answer.of(on == null ? null : on && efi);
  }

  /** Only what is among the VM's disks and cards: a removed one stays in vSphere's list. */
  private static List<String> bootOrder(
      @Nullable VirtualMachineBootOptions boot, List<SourceDisk> disks, List<SourceNic> nics) {
    Set<String> known =
        Stream.concat(disks.stream().map(SourceDisk::id), nics.stream().map(SourceNic::id))
            .collect(Collectors.toSet());
    List<String> order = new ArrayList<>();
    for (VirtualMachineBootOptionsBootableDevice each :
        Props.list(
            boot == null ? null : boot.bootOrder, VirtualMachineBootOptionsBootableDevice.class)) {
      String id = "";
      if (each instanceof VirtualMachineBootOptionsBootableDiskDevice disk) {
        id = String.valueOf(disk.deviceKey);
      } else if (each instanceof VirtualMachineBootOptionsBootableEthernetDevice card) {
        id = String.valueOf(card.deviceKey);
      }
      if (known.contains(id) && !order.contains(id)) {
        order.add(id);
      }
    }
    return order;
  }

  private @Nullable String nvram() {
    return vm.all("layoutEx.file", VirtualMachineFileLayoutExFileInfo.class).stream()
        .filter(file -> "nvram".equals(file.type) && file.name != null)
        .map(file -> file.name)
        .findFirst()
        .orElse(null);
  }
}
