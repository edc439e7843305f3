package dev.drover.mappings.target;

import dev.drover.mappings.disk.DiskFormat;
import dev.drover.mappings.model.Answer;
import dev.drover.mappings.model.ByteSize;
import dev.drover.mappings.model.Cpu;
import dev.drover.mappings.model.DiskAddress;
import dev.drover.mappings.model.Finding;
import dev.drover.mappings.model.Guest;
import dev.drover.mappings.model.Identity;
import dev.drover.mappings.model.Memory;
import dev.drover.mappings.model.SourceDisk;
import dev.drover.mappings.model.SourceNic;
import dev.drover.mappings.model.SourceVm;
import dev.drover.mappings.model.VmRef;
import dev.drover.mappings.plan.Hooks;
import dev.drover.mappings.plan.MigrationPlan;
import dev.drover.mappings.plan.Naming;
import dev.drover.mappings.plan.NetworkMapping;
import dev.drover.mappings.plan.RetryPolicy;
import dev.drover.mappings.plan.SourceRule;
import dev.drover.mappings.plan.SourceSpec;
import dev.drover.mappings.plan.StorageMapping;
import dev.drover.mappings.plan.TargetSpec;
import dev.drover.mappings.plan.VmPlan;
import dev.drover.mappings.plan.VmSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A VM and a plan for it; what a test does not say is ordinary: Ubuntu, one disk, one NIC. */
final class Given {
  static final VmRef REF = new VmRef("dc1", "vm-1");

  Identity identity = Identity.ofName("web");
  Cpu cpu = Cpu.ofCount(2);
  Memory memory = Memory.ofSize(ByteSize.ofGiB(2));
  Guest guest = Guest.configured("ubuntu64Guest", null);
  final List<SourceDisk> disks = new ArrayList<>(List.of(disk("d0")));
  final List<SourceNic> nics = new ArrayList<>(List.of(nic("n0", "00:50:56:00:00:01")));
  UnaryOperator<SourceVm.Builder> more = builder -> builder;
  @Nullable String targetName;
  VmSettings settings = VmSettings.NONE;
  VmSettings defaults = VmSettings.NONE;
  Naming naming = Naming.PLAIN;
  final Map<String, VmPlan.DiskOverride> diskOverrides = new HashMap<>();
  final Map<String, VmPlan.NicOverride> nicOverrides = new HashMap<>();
  List<NetworkMapping> networks =
      List.of(new NetworkMapping("VM Network", new NetworkMapping.Pod()));
  List<StorageMapping> storage =
      List.of(new StorageMapping("*", null, null, null, DiskFormat.RAW, false));

  static Given vm() {
    return new Given();
  }

  static Given os(@Nullable String id) {
    Given given = new Given();
    given.guest = Guest.configured(id, null);
    return given;
  }

  MappedVm map() {
    SourceVm.Builder vm = more.apply(SourceVm.of(REF, identity, cpu, memory).guest(guest));
    disks.forEach(vm::disk);
    nics.forEach(vm::nic);
    return TargetVmMapper.map(vm.build(), vmPlan(), plan());
  }

  VmPlan vmPlan() {
    return new VmPlan(REF, identity.name(), targetName, settings, diskOverrides, nicOverrides);
  }

  private MigrationPlan plan() {
    return new MigrationPlan(
        "test",
        "00",
        List.of(SourceSpec.of("dc1", "ova", ".")),
        new TargetSpec.Directory("out"),
        networks,
        storage,
        naming,
        defaults,
        List.of(),
        Hooks.NONE,
        RetryPolicy.DEFAULT);
  }

  /** The VM, which must be there. */
  TargetVm target() {
    return Objects.requireNonNull(map().vm(), () -> map().findings().toString());
  }

  TargetDisk disk() {
    return target().disks().get(0);
  }

  TargetNic nic() {
    return target().nics().get(0);
  }

  /** The finding of that code, of which there must be one. */
  Finding finding(String code) {
    List<Finding> found = map().findings().stream().filter(f -> f.code().equals(code)).toList();
    if (found.size() != 1) {
      throw new AssertionError("one " + code + " expected in " + map().findings());
    }
    return found.get(0);
  }

  Finding blocker(String code) {
    Finding finding = finding(code);
    if (finding.severity() != Finding.Severity.BLOCKER || !map().blocked()) {
      throw new AssertionError("not a blocker: " + finding);
    }
    return finding;
  }

  Optional<Finding> maybe(String code) {
    return map().findings().stream().filter(f -> f.code().equals(code)).findFirst();
  }

  static SourceDisk disk(String id) {
    return disk(id, ByteSize.ofGiB(10), new DiskAddress(DiskAddress.Bus.SCSI, null, 0, 0), null);
  }

  static SourceDisk disk(String id, ByteSize size, DiskAddress address, @Nullable String serial) {
    return disk(id, size, address, serial, SourceDisk.Kind.FILE, SourceDisk.Sharing.NONE, null);
  }

  static SourceDisk disk(
      String id,
      ByteSize size,
      DiskAddress address,
      @Nullable String serial,
      SourceDisk.Kind kind,
      SourceDisk.Sharing sharing,
      @Nullable String datastore) {
    return new SourceDisk(
        id,
        "Hard disk " + id,
        size,
        null,
        address,
        new SourceDisk.Backing(kind, null, null, datastore, Answer.UNKNOWN, null),
        sharing,
        SourceDisk.Mode.PERSISTENT,
        serial,
        null,
        Answer.UNKNOWN,
        null);
  }

  static SourceNic nic(String id, @Nullable String mac) {
    return nic(id, mac, "VM Network", Answer.YES, null);
  }

  static SourceNic nic(
      String id,
      @Nullable String mac,
      @Nullable String network,
      Answer connected,
      @Nullable List<SourceNic.GuestAddress> addresses) {
    return new SourceNic(
        id, "NIC " + id, "vmxnet3", mac, network, null, null, connected, addresses, Answer.UNKNOWN);
  }

  static VmSettings bus(VmSettings.DiskBus bus) {
    return settings(null, bus, null, null, null, null);
  }

  static VmSettings settings(
      @Nullable String namespace,
      VmSettings.@Nullable DiskBus bus,
      @Nullable String nicModel,
      @Nullable String instanceType,
      VmSettings.@Nullable Power power,
      VmSettings.@Nullable GuestConversion conversion) {
    return new VmSettings(
        namespace,
        bus,
        nicModel,
        instanceType,
        null,
        power,
        SourceRule.NONE,
        conversion,
        null,
        null,
        null,
        null,
        Map.of(),
        Map.of());
  }

  static VmSettings marks(Map<String, String> labels, Map<String, String> annotations) {
    return new VmSettings(
        null,
        null,
        null,
        null,
        null,
        null,
        SourceRule.NONE,
        null,
        null,
        null,
        null,
        null,
        labels,
        annotations);
  }

  static VmSettings platform(
      VmSettings.@Nullable Firmware firmware,
      @Nullable Boolean secureBoot,
      @Nullable String timezone) {
    return new VmSettings(
        null,
        null,
        null,
        null,
        null,
        null,
        SourceRule.NONE,
        null,
        null,
        firmware,
        secureBoot,
        timezone,
        Map.of(),
        Map.of());
  }
}
