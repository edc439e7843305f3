package dev.drover.importers.vsphere;

import com.vmware.vim25.ManagedObjectReference;
import com.vmware.vim25.VirtualDevice;
import com.vmware.vim25.VirtualHardware;
import com.vmware.vim25.VirtualMachineConnectionState;
import dev.drover.importers.api.Discovery;
import dev.drover.mappings.model.Finding;
import dev.drover.mappings.model.SourceDisk;
import dev.drover.mappings.model.SourceNic;
import dev.drover.mappings.model.SourceVm;
import dev.drover.mappings.model.VmRef;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Turns the properties of one VM into a {@link SourceVm}. */
final class VmReader {
  /** Everything that a listing reads of a VM. No whole {@code config}: it has ten times as much. */
  static final List<String> PATHS =
      List.of(
          "name",
          "parent",
          "parentVApp",
          "resourcePool",
          "customValue",
          "runtime.host",
          "runtime.powerState",
          "runtime.connectionState",
          "runtime.faultToleranceState",
          "runtime.minRequiredEVCModeKey",
          "config.uuid",
          "config.instanceUuid",
          "config.version",
          "config.template",
          "config.guestId",
          "config.guestFullName",
          "config.annotation",
          "config.managedBy",
          "config.firmware",
          "config.bootOptions",
          "config.flags",
          "config.hardware",
          "config.cpuAllocation",
          "config.memoryAllocation",
          "config.latencySensitivity",
          "config.cpuHotAddEnabled",
          "config.memoryHotAddEnabled",
          "config.cpuAffinity",
          "config.nestedHVEnabled",
          "config.changeTrackingEnabled",
          "layoutEx.file",
          "layoutEx.disk",
          "guest.toolsRunningStatus",
          "guest.toolsVersion",
          "guest.toolsVersionStatus",
          "guest.guestFullName",
          "guest.hostName",
          "guest.net",
          "guest.ipStack",
          "guest.disk",
          "snapshot");

  private final String source;
  private final String server;
  private final Surroundings around;
  private final Map<Integer, String> fields;
  private final Tags tags;

  /**
   * @param fields names of custom attributes by their keys
   */
  VmReader(
      String source, String server, Surroundings around, Map<Integer, String> fields, Tags tags) {
    this.source = source;
    this.server = server;
    this.around = around;
    this.fields = fields;
    this.tags = tags;
  }

  /** A VM, or why it is none: one whose files cannot be reached has no hardware. */
  Discovery read(Props vm) {
    VirtualHardware hardware = vm.get("config.hardware", VirtualHardware.class);
    String name = Tree.decoded(Objects.requireNonNullElse(vm.text("name"), vm.id()));
    if (hardware == null || hardware.numCPU < 1 || hardware.memoryMB < 0) {
      return new Discovery.Unreadable(
          "VM \"" + name + "\" (" + source + "/" + vm.id() + ")", without(vm));
    }
    return new Discovery.Found(read(vm, hardware, name));
  }

  private static Finding without(Props vm) {
    VirtualMachineConnectionState state = state(vm);
    boolean denied = vm.denied().stream().anyMatch(path -> path.startsWith("config"));
    return denied
        ? Finding.blocker(
            "VSP-003",
            "its hardware may not be read",
            "give the user System.Read on it; see \"Privileges\" in docs/vsphere.md")
        : Finding.blocker(
                "VSP-001",
                "vCenter does not know its hardware, since host or datastore do not show its files",
                "bring the host or datastore back, or remove the VM from the inventory")
            .with(state == null ? "" : state.name());
  }

  private static @Nullable VirtualMachineConnectionState state(Props vm) {
    return vm.get("runtime.connectionState", VirtualMachineConnectionState.class);
  }

  private SourceVm read(Props vm, VirtualHardware hardware, String name) {
    List<VirtualDevice> devices = Props.list(hardware.device, VirtualDevice.class);
    ManagedObjectReference host = vm.ref("runtime.host");
    IdentityReader identity = new IdentityReader(vm, around, fields, tags);
    HardwareReader reader = new HardwareReader(vm, hardware, devices);
    List<SourceDisk> disks = new DiskReader(vm, devices, around).read();
    List<SourceNic> nics = new NicReader(vm, devices, around.networks()).read();
    SourceVm.Builder builder =
        SourceVm.of(
                new VmRef(source, vm.id()), identity.identity(name), reader.cpu(), reader.memory())
            .firmware(reader.firmware(disks, nics))
            .guest(new GuestReader(vm).read())
            .power(Power.state(vm))
            .snapshots(Snapshots.of(vm))
            .placement(new PlacementReader(vm, server, around).read(host));
    disks.forEach(builder::disk);
    nics.forEach(builder::nic);
    new DeviceReader(devices).read().forEach(builder::device);
    findings(vm, devices).forEach(builder::finding);
    return builder.build();
  }

  private static List<Finding> findings(Props vm, List<VirtualDevice> devices) {
    List<Finding> all = new java.util.ArrayList<>();
    VirtualMachineConnectionState state = state(vm);
    if (state != null && state != VirtualMachineConnectionState.connected) {
      all.add(
          Finding.blocker(
                  "VSP-001",
                  "it cannot be reached at the source, and what is known of it may be old",
                  state == VirtualMachineConnectionState.disconnected
                      ? "reconnect its host in vCenter"
                      : "bring the host or datastore back, or remove the VM from the inventory")
              .with(state.name()));
    }
    List<String> encrypted =
        devices.stream()
            .filter(d -> d.backing != null && Newer.value(d.backing, "keyId") != null)
            .map(d -> d.deviceInfo == null ? String.valueOf(d.key) : d.deviceInfo.label)
            .toList();
    if (!encrypted.isEmpty()) {
      all.add(
          Finding.blocker(
                  "VSP-002",
                  "disks are encrypted by vSphere, and are copied as they lie there",
                  "decrypt them: edit the VM's storage policy in vCenter")
              .with(String.join(", ", encrypted)));
    }
    return all;
  }
}
