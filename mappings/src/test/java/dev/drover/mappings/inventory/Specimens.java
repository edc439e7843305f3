package dev.drover.mappings.inventory;

import dev.drover.mappings.disk.DiskFormat;
import dev.drover.mappings.model.Answer;
import dev.drover.mappings.model.ByteSize;
import dev.drover.mappings.model.Cpu;
import dev.drover.mappings.model.DiskAddress;
import dev.drover.mappings.model.Finding;
import dev.drover.mappings.model.Firmware;
import dev.drover.mappings.model.Guest;
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
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** VMs of which everything, and of which nearly nothing is known. */
final class Specimens {
  /** What people and hostile appliances put into names. */
  static final String HOSTILE = "we\"b\n# 'x' \u0000 \u202E \uD83D\uDC04 \t\\ </script> é";

  private Specimens() {}

  static SourceVm bare(String id) {
    return SourceVm.of(
            new VmRef("appliances", id),
            Identity.ofName(id),
            Cpu.ofCount(1),
            Memory.ofSize(ByteSize.ofMiB(512)))
        .build();
  }

  static SourceVm full(Answer answer) {
    return SourceVm.of(
            new VmRef("dc1", "folder/vm-1#a"), identity(answer), cpu(answer), memory(answer))
        .firmware(
            new Firmware(
                Firmware.Type.EFI,
                answer,
                answer,
                List.of("d1", "n1"),
                "x.nvram",
                Firmware.Clock.LOCALTIME,
                "q35"))
        .disk(disk(answer))
        .nic(
            new SourceNic(
                "n1",
                "Network adapter 1",
                "vmxnet3",
                "00:50:56:00:00:01",
                HOSTILE,
                4094,
                "distributed",
                answer,
                List.of(new SourceNic.GuestAddress("10.0.0.1", 24, "10.0.0.254", answer)),
                answer))
        .device(new SourceDevice(SourceDevice.Kind.VGPU, "grid"))
        .guest(
            new Guest(
                "rhel8_64Guest",
                "RHEL 8",
                "rhel 8.9",
                "web.example",
                new Guest.Tools("VMware Tools", "12", answer),
                List.of(new Guest.Filesystem("/", "xfs", ByteSize.ofGiB(5), ByteSize.ofGiB(1))),
                answer))
        .used(ByteSize.ofMiB(777))
        .power(PowerState.SUSPENDED)
        .snapshots(
            List.of(snapshot("first", answer, List.of(snapshot("second", answer, List.of())))))
        .placement(
            new Placement(
                "vc",
                "dc",
                "cl",
                "esx1",
                "pool",
                "vapp",
                List.of(new Placement.AffinityRule("apart", false, true, List.of("a", "b"))),
                answer,
                answer))
        .finding(Finding.warning("OVF-001", "odd", "mend it").with("evidence"))
        .build();
  }

  private static Identity identity(Answer answer) {
    return new Identity(
        HOSTILE,
        "4203-bios",
        "5003-instance",
        "vmx-19",
        "/a/b",
        "notes\r\nof two lines",
        List.of(new Identity.Tag(null, "flat"), new Identity.Tag("env", "prod")),
        Map.of("b", "2", "a", "1", "", "empty key"),
        answer,
        answer);
  }

  private static Cpu cpu(Answer answer) {
    return new Cpu(8, 4, 2, 1000L, 2000L, "Cascadelake", answer, answer, answer, answer);
  }

  private static Memory memory(Answer answer) {
    return new Memory(ByteSize.ofGiB(8), ByteSize.ofGiB(4), answer, answer);
  }

  private static SourceDisk disk(Answer answer) {
    return new SourceDisk(
        "d1",
        "Hard disk 1",
        new ByteSize(Long.MAX_VALUE),
        ByteSize.ZERO,
        new DiskAddress(DiskAddress.Bus.SCSI, "pvscsi", 1, 15),
        new SourceDisk.Backing(
            SourceDisk.Kind.RDM_VIRTUAL, DiskFormat.VMDK, "[ds] a/b.vmdk", "ds", answer, 3),
        SourceDisk.Sharing.MULTI_WRITER,
        SourceDisk.Mode.INDEPENDENT_PERSISTENT,
        "serial",
        "6000c29",
        answer,
        "52 de/5");
  }

  private static SnapshotNode snapshot(String name, Answer answer, List<SnapshotNode> children) {
    return new SnapshotNode(
        name,
        "why",
        Instant.parse("2026-01-02T03:04:05.123456789Z"),
        ByteSize.ofMiB(1),
        answer,
        children);
  }
}
