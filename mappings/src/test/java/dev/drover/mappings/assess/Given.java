package dev.drover.mappings.assess;

import dev.drover.mappings.disk.DiskFormat;
import dev.drover.mappings.model.Answer;
import dev.drover.mappings.model.ByteSize;
import dev.drover.mappings.model.Cpu;
import dev.drover.mappings.model.DiskAddress;
import dev.drover.mappings.model.EstatePart;
import dev.drover.mappings.model.Finding;
import dev.drover.mappings.model.Firmware;
import dev.drover.mappings.model.Guest;
import dev.drover.mappings.model.Guest.Filesystem;
import dev.drover.mappings.model.Identity;
import dev.drover.mappings.model.Memory;
import dev.drover.mappings.model.Placement;
import dev.drover.mappings.model.PowerState;
import dev.drover.mappings.model.SnapshotNode;
import dev.drover.mappings.model.SourceDevice;
import dev.drover.mappings.model.SourceDisk;
import dev.drover.mappings.model.SourceNic;
import dev.drover.mappings.model.SourceVm;
import dev.drover.mappings.model.VmRef;
import dev.drover.mappings.policy.MigrationPolicy;
import dev.drover.mappings.policy.RatesPolicy;
import dev.drover.mappings.policy.SizingPolicy;
import dev.drover.mappings.policy.WavesPolicy;
import dev.drover.mappings.profile.TargetProfile;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A VM, a policy and a target; what a test does not say is ordinary and has nothing to tell. */
final class Given {
  static final LocalDate TODAY = LocalDate.of(2026, 11, 25);

  String id = "vm-1";
  String name = "web";
  @Nullable String biosUuid = "4213a1b2-0000-4000-8000-000000000001";
  @Nullable String instanceUuid;
  @Nullable String hardware = "vmx-19";
  @Nullable String notes;
  @Nullable String folder;
  List<Identity.Tag> tags = new ArrayList<>();
  Map<String, String> attributes = new HashMap<>();
  Answer template = Answer.NO;
  Answer placeholder = Answer.NO;
  Cpu cpu = Cpu.ofCount(2);
  Memory memory = Memory.ofSize(ByteSize.ofGiB(4));
  Firmware firmware = Firmware.ofType(Firmware.Type.BIOS);
  List<SourceDisk> disks = new ArrayList<>(List.of(disk("d0", ByteSize.ofGiB(40))));
  List<SourceNic> nics = new ArrayList<>(List.of(nic("n0", "00:50:56:00:00:01")));
  List<SourceDevice> devices = new ArrayList<>();
  @Nullable String configuredOs = "ubuntu64Guest";
  @Nullable String configuredOsName;
  @Nullable String reportedOs = "Ubuntu 24.04 LTS";
  @Nullable String hostName = "web.example.com";
  Guest.@Nullable Tools tools = new Guest.Tools("VMware Tools", "12352", Answer.YES);
  @Nullable List<Filesystem> filesystems = List.of(fs("/", 40_000, 20_000));
  PowerState power = PowerState.ON;
  @Nullable List<SnapshotNode> snapshots = List.of();
  Placement placement = placement("h1", Answer.UNKNOWN, Answer.NO);
  List<Finding> findings = new ArrayList<>();

  TargetProfile profile = TargetProfile.UNKNOWN;
  MigrationPolicy policy = MigrationPolicy.DEFAULT;
  List<EstatePart> estate = new ArrayList<>();
  LocalDate today = TODAY;

  SourceVm vm() {
    SourceVm.Builder vm =
        SourceVm.of(
                new VmRef("dc1", id),
                new Identity(
                    name,
                    biosUuid,
                    instanceUuid,
                    hardware,
                    folder,
                    notes,
                    tags,
                    attributes,
                    template,
                    placeholder),
                cpu,
                memory)
            .firmware(firmware)
            .guest(
                new Guest(
                    configuredOs,
                    configuredOsName,
                    reportedOs,
                    hostName,
                    tools,
                    filesystems,
                    Answer.UNKNOWN))
            .power(power)
            .snapshots(snapshots)
            .placement(placement);
    disks.forEach(vm::disk);
    nics.forEach(vm::nic);
    devices.forEach(vm::device);
    findings.forEach(vm::finding);
    return vm.build();
  }

  VmAssessment assess(SourceVm... others) {
    Assessor assessor = Assessor.of(policy, profile, today);
    assessor.observe(vm());
    for (SourceVm other : others) {
      assessor.observe(other);
    }
    assessor.observed(estate);
    return assessor.assess(vm());
  }

  List<String> codes(SourceVm... others) {
    return assess(others).findings().stream().map(Finding::code).toList();
  }

  Finding finding(String code, SourceVm... others) {
    List<Finding> all = assess(others).findings();
    List<Finding> found = all.stream().filter(f -> f.code().equals(code)).toList();
    if (found.size() != 1) {
      throw new AssertionError("one " + code + " expected in " + all);
    }
    return found.get(0);
  }

  static SourceDisk disk(String id, ByteSize size) {
    return disk(id, size, "[ds1] web/web.vmdk", "ds1", SourceDisk.Sharing.NONE, 0, Answer.YES);
  }

  static SourceDisk disk(
      String id,
      ByteSize size,
      String path,
      @Nullable String datastore,
      SourceDisk.Sharing sharing,
      @Nullable Integer depth,
      Answer tracking) {
    return new SourceDisk(
        id,
        "Hard disk " + id,
        size,
        null,
        new DiskAddress(DiskAddress.Bus.SCSI, "pvscsi", 0, 0),
        new SourceDisk.Backing(
            SourceDisk.Kind.FILE, DiskFormat.RAW, path, datastore, Answer.YES, depth),
        sharing,
        SourceDisk.Mode.PERSISTENT,
        null,
        null,
        tracking,
        null);
  }

  static SourceNic nic(String id, @Nullable String mac) {
    return nic(id, mac, "VM Network", Answer.NO);
  }

  static SourceNic nic(
      String id, @Nullable String mac, @Nullable String network, Answer fixedAddress) {
    return new SourceNic(
        id,
        "Network adapter " + id,
        "vmxnet3",
        mac,
        network,
        null,
        "standard",
        Answer.YES,
        List.of(new SourceNic.GuestAddress("192.0.2.7", 24, null, fixedAddress)),
        Answer.NO);
  }

  static Filesystem fs(String mount, long mebibytes, long free) {
    return new Filesystem(mount, "ext4", ByteSize.ofMiB(mebibytes), ByteSize.ofMiB(free));
  }

  static Placement placement(String host, Answer liveMigrated, Answer faultTolerant) {
    return new Placement(
        "vc", "dc", "c1", host, null, null, List.of(), liveMigrated, faultTolerant);
  }

  static TargetProfile profile(
      @Nullable List<String> features,
      @Nullable List<String> networks,
      @Nullable List<TargetProfile.NodeGroup> nodes,
      TargetProfile.@Nullable StorageClass storageClass) {
    return new TargetProfile(
        "test",
        Map.of(),
        features,
        storageClass == null ? null : List.of(storageClass),
        networks,
        nodes,
        null,
        null,
        List.of());
  }

  static TargetProfile.StorageClass storage(
      Answer all, @Nullable ByteSize largest, @Nullable ByteSize free) {
    return new TargetProfile.StorageClass(
        "fast", "csi.example.com", Answer.YES, all, all, all, all, all, Answer.NO, largest, free);
  }

  static MigrationPolicy policy(
      Map<String, Finding.Severity> severities,
      List<MigrationPolicy.Exemption> exceptions,
      List<MigrationPolicy.Rule> rules,
      List<MigrationPolicy.Decision> dispositions,
      List<MigrationPolicy.ClassChoice> storage) {
    return new MigrationPolicy(
        "test",
        "",
        severities,
        exceptions,
        rules,
        dispositions,
        MigrationPolicy.Labels.NONE,
        storage,
        SizingPolicy.DEFAULT,
        RatesPolicy.DEFAULT,
        WavesPolicy.DEFAULT);
  }

  static MigrationPolicy rule(String when) {
    return policy(
        Map.of(),
        List.of(),
        List.of(
            new MigrationPolicy.Rule(
                "SHOP-001", Finding.Severity.WARNING, when, "is of the shop", "ask the shop")),
        List.of(),
        List.of());
  }

  static MigrationPolicy classOf(String name) {
    return policy(
        Map.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(new MigrationPolicy.ClassChoice("*", name)));
  }
}
