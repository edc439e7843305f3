package dev.drover.kube.manifest;

import dev.drover.mappings.disk.DiskFormat;
import dev.drover.mappings.model.ByteSize;
import dev.drover.mappings.model.Firmware;
import dev.drover.mappings.model.VmRef;
import dev.drover.mappings.plan.NetworkMapping;
import dev.drover.mappings.plan.StorageMapping.AccessMode;
import dev.drover.mappings.plan.StorageMapping.VolumeMode;
import dev.drover.mappings.plan.VmSettings.DiskBus;
import dev.drover.mappings.target.Platform;
import dev.drover.mappings.target.Platform.GuestFamily;
import dev.drover.mappings.target.Sizing;
import dev.drover.mappings.target.Sizing.ObjectName;
import dev.drover.mappings.target.TargetDisk;
import dev.drover.mappings.target.TargetNic;
import dev.drover.mappings.target.TargetVm;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Target VMs, one for each thing that a manifest can say; the tests of the module share them. */
public final class SampleVm {
  private static final String UUID = "65fd3e42-3da7-59e1-a56d-dd25289f8b0c";
  private static final TargetDisk.Storage ANY =
      new TargetDisk.Storage(null, null, null, DiskFormat.RAW, false);

  private SampleVm() {}

  /** By the name of the option that they show. */
  public static Map<String, TargetVm> all() {
    Map<String, TargetVm> all = new LinkedHashMap<>();
    all.put("linux-bios", linux());
    all.put("windows-efi-secure-boot-tpm", windows());
    all.put("windows-timezone", withPlatform(windows(), zoned()));
    all.put("efi-without-secure-boot", withPlatform(linux(), efi()));
    all.put("guest-unknown", withPlatform(linux(), unknown()));
    all.put("instance-type", withSizing(linux(), instanceType()));
    all.put("preference", withSizing(linux(), preference()));
    all.put("requests", withSizing(linux(), requests()));
    all.put("storage", withDisks(linux(), List.of(stored())));
    all.put("disks-boot-order-serial", withDisks(linux(), disks()));
    all.put("no-disk", withDisks(linux(), List.of()));
    all.put("nics", withNics(linux(), nics()));
    all.put("no-nic", withNics(linux(), List.of()));
    all.put("stopped", stopped(linux()));
    all.put("labels-and-annotations", marked(linux()));
    return all;
  }

  /** One virtio disk, one NIC on the pod network, running. */
  public static TargetVm linux() {
    return vm("web-1", "Web 1", new VmRef("dc1", "vm-1"));
  }

  /** The same under another name, from another VM. */
  public static TargetVm vm(String name, String sourceName, VmRef ref) {
    return new TargetVm(
        ref,
        sourceName,
        "shop",
        name,
        new Sizing.Explicit(2, 2, 1, ByteSize.ofGiB(4), null, null, null),
        new Platform(
            Firmware.Type.BIOS, false, false, UUID, Firmware.Clock.UTC, "q35", GuestFamily.LINUX),
        List.of(disk(name, 0, ByteSize.ofGiB(10), DiskBus.virtio, 1, null)),
        List.of(
            new TargetNic(
                "nic0",
                "net0",
                "virtio",
                "00:50:56:01:02:03",
                new NetworkMapping.Pod(),
                true,
                null)),
        true,
        Map.of(),
        Map.of());
  }

  static TargetVm windows() {
    TargetVm vm = vm("dc", "DC", new VmRef("dc1", "vm-2"));
    TargetVm sata =
        withDisks(vm, List.of(disk("dc", 0, ByteSize.ofGiB(80), DiskBus.sata, 1, null)));
    TargetVm carded =
        withNics(
            sata,
            List.of(
                new TargetNic(
                    "nic0",
                    "net0",
                    "e1000e",
                    "00:50:56:01:02:04",
                    new NetworkMapping.Pod(),
                    true,
                    null)));
    return withPlatform(
        carded,
        new Platform(
            Firmware.Type.EFI,
            true,
            true,
            UUID,
            Firmware.Clock.LOCALTIME,
            "q35",
            GuestFamily.WINDOWS));
  }

  private static Platform zoned() {
    return new Platform(
        Firmware.Type.EFI,
        true,
        true,
        UUID,
        Firmware.Clock.LOCALTIME,
        "Europe/Berlin",
        "q35",
        GuestFamily.WINDOWS);
  }

  private static Platform efi() {
    return new Platform(
        Firmware.Type.EFI, false, false, null, Firmware.Clock.UTC, null, GuestFamily.LINUX);
  }

  private static Platform unknown() {
    return new Platform(
        Firmware.Type.BIOS, false, false, null, Firmware.Clock.UTC, "q35", GuestFamily.OTHER);
  }

  private static Sizing instanceType() {
    return new Sizing.ByInstanceType(
        new ObjectName("VirtualMachineClusterInstancetype", "u1.medium"),
        new ObjectName("VirtualMachinePreference", "rhel.9"));
  }

  private static Sizing preference() {
    return new Sizing.Explicit(
        4,
        1,
        2,
        ByteSize.ofMiB(1536),
        null,
        null,
        new ObjectName("VirtualMachineClusterPreference", "fedora"));
  }

  private static Sizing requests() {
    return new Sizing.Explicit(
        1, 4, 1, new ByteSize(1_000_000_001), ByteSize.ofMiB(512), 1500L, null);
  }

  private static TargetDisk stored() {
    return new TargetDisk(
        "d0",
        "disk0",
        "web-1-disk0",
        new ByteSize(10_737_418_752L),
        DiskBus.virtio,
        1,
        null,
        new TargetDisk.Storage(
            "ceph-block", AccessMode.ReadWriteMany, VolumeMode.Block, DiskFormat.QCOW2, true));
  }

  private static List<TargetDisk> disks() {
    return List.of(
        disk("web-1", 0, ByteSize.ofGiB(10), DiskBus.sata, 2, "WD-0001"),
        disk("web-1", 1, ByteSize.ofGiB(1), DiskBus.scsi, 1, "6000c29112233445566"),
        disk("web-1", 2, ByteSize.ofMiB(1), DiskBus.usb, null, "0123"));
  }

  static TargetDisk disk(
      String vm,
      int number,
      ByteSize size,
      DiskBus bus,
      @Nullable Integer boot,
      @Nullable String serial) {
    return new TargetDisk(
        "d" + number, "disk" + number, vm + "-disk" + number, size, bus, boot, serial, ANY);
  }

  private static List<TargetNic> nics() {
    return List.of(
        new TargetNic("n0", "net0", "virtio", null, new NetworkMapping.Pod(), true, null),
        new TargetNic(
            "n1",
            "net1",
            "e1000",
            "52:54:00:12:34:56",
            new NetworkMapping.Multus("infra", "vlan-10"),
            false,
            2),
        new TargetNic(
            "n2",
            "net2",
            "rtl8139",
            "52:54:00:12:34:57",
            new NetworkMapping.Multus("", "local"),
            true,
            null));
  }

  private static TargetVm marked(TargetVm vm) {
    Map<String, String> annotations = new LinkedHashMap<>();
    annotations.put("z/last", "on");
    annotations.put("a/first", "line 1\nline 2: \"quoted\" # no comment\t\u0001 ü 🐄");
    annotations.put("m/number", "1e3");
    annotations.put("m/mac", "52:54:00:12:34:56");
    annotations.put("m/date", "2026-11-25");
    annotations.put("m/octal", "0777");
    annotations.put("m/null", "~");
    annotations.put("m/empty", "");
    annotations.put("m/flow", "{a: [b]}");
    annotations.put("m/long", "word ".repeat(60).strip());
    return new TargetVm(
        vm.source(),
        "Web 1 \"prod\": #1",
        vm.namespace(),
        vm.name(),
        vm.sizing(),
        vm.platform(),
        vm.disks(),
        vm.nics(),
        vm.running(),
        // What a plan says of Drover's own marks does not count.
        Map.of("tier", "web", "yes", "no", Marks.MANAGED_BY, "somebody"),
        annotations);
  }

  private static TargetVm stopped(TargetVm vm) {
    return new TargetVm(
        vm.source(),
        vm.sourceName(),
        vm.namespace(),
        vm.name(),
        vm.sizing(),
        vm.platform(),
        vm.disks(),
        vm.nics(),
        false,
        vm.labels(),
        vm.annotations());
  }

  static TargetVm withSizing(TargetVm vm, Sizing sizing) {
    return new TargetVm(
        vm.source(),
        vm.sourceName(),
        vm.namespace(),
        vm.name(),
        sizing,
        vm.platform(),
        vm.disks(),
        vm.nics(),
        vm.running(),
        vm.labels(),
        vm.annotations());
  }

  static TargetVm withPlatform(TargetVm vm, Platform platform) {
    return new TargetVm(
        vm.source(),
        vm.sourceName(),
        vm.namespace(),
        vm.name(),
        vm.sizing(),
        platform,
        vm.disks(),
        vm.nics(),
        vm.running(),
        vm.labels(),
        vm.annotations());
  }

  /** With other disks. */
  public static TargetVm withDisks(TargetVm vm, List<TargetDisk> disks) {
    return new TargetVm(
        vm.source(),
        vm.sourceName(),
        vm.namespace(),
        vm.name(),
        vm.sizing(),
        vm.platform(),
        disks,
        vm.nics(),
        vm.running(),
        vm.labels(),
        vm.annotations());
  }

  private static TargetVm withNics(TargetVm vm, List<TargetNic> nics) {
    return new TargetVm(
        vm.source(),
        vm.sourceName(),
        vm.namespace(),
        vm.name(),
        vm.sizing(),
        vm.platform(),
        vm.disks(),
        nics,
        vm.running(),
        vm.labels(),
        vm.annotations());
  }
}
