package dev.drover.importers.rvtools;

import dev.drover.importers.api.Discovery;
import dev.drover.mappings.model.Answer;
import dev.drover.mappings.model.ByteSize;
import dev.drover.mappings.model.Cpu;
import dev.drover.mappings.model.Finding;
import dev.drover.mappings.model.Firmware;
import dev.drover.mappings.model.Memory;
import dev.drover.mappings.model.Placement;
import dev.drover.mappings.model.SourceDevice;
import dev.drover.mappings.model.SourceDisk;
import dev.drover.mappings.model.SourceVm;
import dev.drover.mappings.model.VmRef;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns the rows of a VM into it, VM by VM. Not thread-safe. */
final class VmReader {
  private final String source;
  private final Options options;
  private final Export export;
  private final VmIndex index;
  private final Vcenters vcenters;
  private final Estate estate;
  private final SheetsSeen seen;
  private final Set<String> ids = new HashSet<>();

  VmReader(
      String source,
      Options options,
      List<Export> exports,
      VmIndex index,
      Vcenters vcenters,
      Estate estate) {
    this.source = source;
    this.options = options;
    this.export = exports.get(0);
    this.index = index;
    this.vcenters = vcenters;
    this.estate = estate;
    this.seen = new SheetsSeen(exports);
  }

  /** What the VM of that number is. */
  Discovery read(int number) {
    VmRows vm = new VmRows(export, index, estate, number);
    String name = vm.info().text(Field.VM);
    if (name == null) {
      return unreadable(
          vm, "RVT-020", "the row has no name of a VM", "fill it in, or remove the row");
    }
    if (index.isSecond(number)) {
      return unreadable(
          vm,
          "RVT-016",
          "an earlier row has the same VM ID in the same vCenter",
          "export again; two files in one run of RVTools may list a VM twice");
    }
    Cpu cpu = cpu(vm);
    Memory memory = memory(vm);
    if (cpu == null || memory == null) {
      return unreadable(
          vm,
          cpu == null ? "RVT-021" : "RVT-022",
          cpu == null
              ? "the row has no usable number of CPUs"
              : "the row has no usable size of memory",
          "correct it in the file, or export again");
    }
    return new Discovery.Found(build(vm, number, name, cpu, memory));
  }

  private static Discovery unreadable(VmRows vm, String code, String what, String remedy) {
    String wrong = String.join(", ", vm.wrongCells());
    return new Discovery.Unreadable(
        vm.info().place(), Finding.blocker(code, what, remedy).with(wrong));
  }

  private SourceVm build(VmRows vm, int number, String name, Cpu cpu, Memory memory) {
    ByteSize used = vm.info().size(Field.IN_USE);
    GuestRows guest = new GuestRows(vm);
    SourceVm.Builder builder =
        SourceVm.of(
                new VmRef(source, id(vm, number, name)),
                IdentityRows.read(vm.info(), name),
                cpu,
                memory)
            .firmware(firmware(vm.info()))
            .guest(guest.read())
            .power(vm.power())
            .used(used)
            .snapshots(guest.snapshots(seen.has(vm.info(), Topic.SNAPSHOT), options.zone()))
            .placement(placement(vm));
    List<SourceDisk> disks = disks(vm, used);
    disks.forEach(builder::disk);
    var nics = new NicRows(vm).read();
    nics.forEach(builder::nic);
    devices(vm).forEach(builder::device);
    new VmFindings(vm, seen).find(name, disks, nics);
    vm.findings().forEach(builder::finding);
    return builder.build();
  }

  /**
   * The VM ID, as vSphere itself names the VM, so that a plan keeps its references when the vCenter
   * becomes the source. With several vCenters the vCenter's UUID behind it, since ids repeat.
   */
  private String id(VmRows vm, int number, String name) {
    String own = vm.info().text(Field.VM_ID);
    for (Field other : new Field[] {Field.VM_UUID, Field.SMBIOS_UUID}) {
      own = own == null ? vm.info().text(other) : own;
    }
    String id = own == null ? name : own;
    String whole = index.vcenters() > 1 ? id + "@" + vcenters.name(index.vcenter(number)) : id;
    String unique = whole;
    for (int i = 2; !ids.add(unique); i++) {
      unique = whole + "~" + i;
    }
    return unique;
  }

  private static @Nullable Cpu cpu(VmRows vm) {
    RowView row = vm.first(Topic.CPU);
    Integer count = vm.info().count(Field.CPUS);
    if (count == null && row != null) {
      count = row.count(Field.CPUS);
    }
    if (count == null || count < 1 || count > Limits.CPUS) {
      return null;
    }
    if (row == null) {
      return Cpu.ofCount(count);
    }
    Integer cores = row.count(Field.CORES_PER_SOCKET);
    Integer sockets = row.count(Field.SOCKETS);
    if (cores == null && sockets != null && sockets > 0 && count % sockets == 0) {
      cores = count / sockets;
    }
    String latency = vm.info().word(Field.LATENCY);
    return new Cpu(
        count,
        cores == null || cores < 1 ? null : cores,
        null,
        row.amount(Field.RESERVATION),
        row.amount(Field.LIMIT),
        null,
        row.answer(Field.HOT_ADD),
        Answer.UNKNOWN,
        latency.isEmpty() ? Answer.UNKNOWN : Answer.of(latency.contains("high")),
        Answer.UNKNOWN);
  }

  private static @Nullable Memory memory(VmRows vm) {
    RowView row = vm.first(Topic.MEMORY);
    ByteSize size = vm.info().size(Field.MEMORY);
    if (size == null && row != null) {
      size = row.size(Field.SIZE);
    }
    if (size == null || size.bytes() == 0) {
      return null;
    }
    return row == null
        ? Memory.ofSize(size)
        : new Memory(size, row.size(Field.RESERVATION), row.answer(Field.HOT_ADD), Answer.UNKNOWN);
  }

  private static Firmware firmware(RowView info) {
    String word = info.word(Field.FIRMWARE);
    Firmware.Type type =
        word.contains("efi")
            ? Firmware.Type.EFI
            : word.contains("bios") ? Firmware.Type.BIOS : Firmware.Type.UNKNOWN;
    return new Firmware(
        type, info.answer(Field.SECURE_BOOT), Answer.UNKNOWN, List.of(), null, null, null);
  }

  private List<SourceDisk> disks(VmRows vm, @Nullable ByteSize used) {
    List<RowView> rows = vm.rows(Topic.DISK);
    DiskRows reader = new DiskRows(vm);
    List<SourceDisk> disks = new ArrayList<>();
    for (RowView row : rows) {
      disks.add(reader.read(row, rows.size() == 1 ? used : null));
    }
    return rows.isEmpty() ? PlainDisks.read(vm, used) : disks;
  }

  private static List<SourceDevice> devices(VmRows vm) {
    List<SourceDevice> devices = new ArrayList<>();
    for (RowView row : vm.rows(Topic.CD)) {
      String type = row.text(Field.DEVICE_TYPE);
      devices.add(new SourceDevice(SourceDevice.Kind.CDROM, type == null ? "CD drive" : type));
    }
    for (RowView row : vm.rows(Topic.USB)) {
      String type = row.text(Field.DEVICE_TYPE);
      devices.add(
          new SourceDevice(SourceDevice.Kind.USB_DEVICE, type == null ? "USB device" : type));
    }
    return devices;
  }

  private Placement placement(VmRows vm) {
    RowView info = vm.info();
    String cluster = info.text(Field.CLUSTER);
    return new Placement(
        info.text(Field.SERVER),
        info.text(Field.DATACENTER),
        cluster,
        info.text(Field.HOST),
        info.text(Field.RESOURCE_POOL),
        info.text(Field.VAPP),
        List.of(),
        estate.liveMigrated(vm.vcenter(), cluster, seen.has(info, Topic.INFO, Field.CLUSTER)),
        faultTolerant(info.word(Field.FAULT_TOLERANCE)));
  }

  /** The words of vSphere's VirtualMachineFaultToleranceState. */
  private static Answer faultTolerant(String state) {
    return switch (state.toLowerCase(Locale.ROOT)) {
      case "" -> Answer.UNKNOWN;
      case "notconfigured", "false", "no" -> Answer.NO;
      default -> Answer.YES;
    };
  }
}
