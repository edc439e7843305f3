package dev.drover.tests.estate;

import dev.drover.tests.estate.Quirks.Kind;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/** The rows of one VM in each sheet. */
final class VmSheets {
  private static final LocalDateTime EPOCH = LocalDateTime.of(1899, 12, 30, 0, 0);
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyy/MM/dd HH:mm:ss");

  private final EstateShape shape;
  private final Quirks quirks;

  VmSheets(EstateShape shape) {
    this.shape = shape;
    this.quirks = shape.quirks();
  }

  private RowMaker start(String sheet, EstateVm vm) {
    return new RowMaker(sheet, quirks)
        .put("VM", vm.name)
        .put("Powerstate", vm.on ? "poweredOn" : "poweredOff")
        .put("Template", vm.template)
        .put("SRM Placeholder", vm.placeholder);
  }

  private RowMaker end(RowMaker row, EstateVm vm) {
    return row.put("Datacenter", shape.datacenter(vm.vcenter))
        .put("Cluster", shape.clusterName(vm.cluster))
        .put("Host", shape.hostName(vm.vcenter, vm.cluster, vm.host))
        .put("Folder", folder(vm))
        .put("OS according to the configuration file", vm.os())
        .put("OS according to the VMware Tools", vm.running() ? vm.system[1] : "")
        .put("VM ID", vm.id)
        .put("VM UUID", vm.uuid)
        .put("VI SDK Server", shape.server(vm.vcenter))
        .put("VI SDK UUID", shape.serverUuid(vm.vcenter));
  }

  private String folder(EstateVm vm) {
    return vm.vcls
        ? "/" + shape.datacenter(vm.vcenter) + "/vm/vCLS"
        : "/" + shape.datacenter(vm.vcenter) + "/vm/apps/" + vm.application;
  }

  RowMaker info(EstateVm vm) {
    boolean fewer = quirks.has(Kind.MISSING_COLUMNS);
    RowMaker row =
        start("vInfo", vm)
            .put("Connection state", vm.dirty && vm.dirtKind == 0 ? "inaccessible" : "connected")
            .put("Guest state", vm.running() ? "running" : "notRunning")
            .put("Consolidation Needed", vm.dirty && vm.dirtKind == 1)
            .put("DNS Name", vm.running() ? vm.name + ".example.com" : "")
            .put("CPUs", vm.cpus)
            .put("Memory", vm.memoryMib)
            .put("NICs", vm.nics)
            .put("Disks", vm.disks.size() + (vm.dirty && vm.dirtKind == 2 ? 1 : 0))
            .put("Total disk capacity MiB", vm.capacityMib())
            .put("Provisioned MiB", vm.capacityMib() + vm.memoryMib)
            .put("In Use MiB", vm.usedMib() + 0.5)
            .put("EnableUUID", !vm.windows || vm.efi)
            .put("FT State", vm.faultTolerant ? "running" : "notConfigured")
            .put("Latency Sensitivity", "normal")
            .put("HW version", vm.efi ? 19 : 13)
            .put("Primary IP Address", vm.running() ? vm.address(0) : "");
    if (!fewer) {
      row.put("CBT", vm.number % 3 > 0).put("Firmware", vm.efi ? "efi" : "bios");
      row.put("EFI Secure boot", vm.efi && vm.windows);
    }
    for (int i = 0; i < 4; i++) {
      row.put("Network #" + (i + 1), i < vm.nics ? vm.network(i) : "");
    }
    row.put("Resource pool", "/" + shape.clusterName(vm.cluster) + "/Resources");
    row.put("vApp", vm.number % 400 == 7 ? "vapp-" + vm.application : "");
    row.put("Annotation", vm.number % 5 == 0 ? "Owner " + vm.owner + "\nbuilt by script" : "");
    row.put("Application", vm.vcls ? "" : vm.application);
    row.put("Owner", vm.vcls ? "" : vm.owner);
    row.put("Criticality", vm.vcls ? "" : vm.criticality);
    row.put(
        "Tags",
        vm.vcls ? "" : "Tier:" + vm.tier + "; Backup:" + (vm.number % 4 == 0 ? "gold" : "silver"));
    row.put("SMBIOS UUID", vm.biosUuid);
    row = end(row, vm);
    return row.put("VI SDK Server type", "VMware vCenter Server 7.0.3")
        .put("VI SDK API Version", "7.0.3.0");
  }

  RowMaker cpu(EstateVm vm) {
    return end(
        start("vCPU", vm)
            .put("CPUs", vm.cpus)
            .put("Sockets", Math.max(1, vm.cpus / 4))
            .put("Cores p/s", vm.cpus / Math.max(1, vm.cpus / 4))
            .put("Reservation", vm.criticality.startsWith("mission") ? vm.cpus * 500 : 0)
            .put("Limit", -1)
            .put("Hot Add", vm.windows)
            .put("Hot Remove", false),
        vm);
  }

  RowMaker memory(EstateVm vm) {
    return end(
        start("vMemory", vm)
            .put("Size MiB", vm.memoryMib)
            .put("Reservation", vm.criticality.startsWith("mission") ? vm.memoryMib : 0)
            .put("Hot Add", vm.windows),
        vm);
  }

  RowMaker tools(EstateVm vm) {
    String state =
        !vm.tools
            ? "toolsNotInstalled"
            : !vm.on ? "toolsNotRunning" : vm.number % 7 == 0 ? "toolsOld" : "toolsOk";
    return end(
        start("vTools", vm)
            .put("Tools", state)
            .put("Tools Version", vm.tools ? 12325 : 0)
            .put("Upgradeable", state.equals("toolsOld") ? "Yes" : "No"),
        vm);
  }

  List<RowMaker> disks(EstateVm vm) {
    List<RowMaker> rows = new ArrayList<>();
    for (EstateVm.Disk disk : vm.disks) {
      boolean first = disk.number() == 1;
      boolean raw = vm.rdm && disk.number() == 2;
      boolean shared = vm.shared && disk.number() == 2;
      rows.add(
          end(
              start("vDisk", vm)
                  .put("Disk", "Hard disk " + disk.number())
                  .put("Disk Key", 1999 + disk.number())
                  .put("Disk UUID", disk.uuid())
                  .put(
                      "Capacity MiB",
                      vm.dirty && vm.dirtKind == 3 && first ? -disk.mib() : disk.mib())
                  .put("Raw", raw)
                  .put(
                      "Disk Mode",
                      vm.number % 211 == 0 && !first ? "independent_persistent" : "persistent")
                  .put("Sharing mode", shared ? "sharingMultiWriter" : "sharingNone")
                  .put("Thin", disk.thin())
                  .put("Controller", vm.windows ? "LSI Logic SAS" : "VMware paravirtual SCSI")
                  .put("Label", "SCSI controller 0")
                  .put("SCSI Unit #", disk.number() - 1)
                  .put("Unit #", disk.number() - 1)
                  .put("Shared Bus", "noSharing")
                  .put(
                      "Path",
                      "["
                          + shape.store(vm.cluster, disk.store())
                          + "] "
                          + vm.name
                          + "/"
                          + vm.name
                          + (first ? "" : "_" + (disk.number() - 1))
                          + ".vmdk")
                  .put("Raw LUN ID", raw ? "vml.0200" + disk.uuid().replace("-", "") : "")
                  .put("Raw Comp. Mode", raw ? "physicalMode" : ""),
              vm));
    }
    return rows;
  }

  List<RowMaker> partitions(EstateVm vm) {
    List<RowMaker> rows = new ArrayList<>();
    for (EstateVm.Disk disk : vm.running() ? vm.disks : List.<EstateVm.Disk>of()) {
      String mount =
          vm.windows
              ? (char) ('C' + disk.number() - 1) + ":\\"
              : disk.number() == 1 ? "/" : "/data" + (disk.number() - 1);
      rows.add(
          end(
              start("vPartition", vm)
                  .put("Disk Key", 1999 + disk.number())
                  .put("Disk", mount)
                  .put("Capacity MiB", disk.mib() - 500)
                  .put("Consumed MiB", Math.min(disk.usedMib(), disk.mib() - 500))
                  .put("Free MiB", Math.max(0, disk.mib() - 500 - disk.usedMib()))
                  .put("Free %", 100 - 100 * disk.usedMib() / disk.mib()),
              vm));
    }
    return rows;
  }

  List<RowMaker> nics(EstateVm vm) {
    List<RowMaker> rows = new ArrayList<>();
    for (int i = 0; i < vm.nics; i++) {
      rows.add(
          end(
              start("vNetwork", vm)
                  .put("NIC label", "Network adapter " + (i + 1))
                  .put("Adapter", vm.number % 9 == 0 ? "E1000e" : "Vmxnet3")
                  .put("Network", vm.network(i))
                  .put("Switch", "dvs-" + shape.clusterName(vm.cluster))
                  .put("Connected", vm.on)
                  .put("Starts Connected", true)
                  .put("Mac Address", vm.mac(i))
                  .put("Type", "assigned")
                  .put("IPv4 Address", vm.running() ? vm.address(i) : "")
                  .put(
                      "IPv6 Address",
                      vm.running()
                          ? "fe80::250:56ff:fe00:" + Integer.toHexString(vm.number & 0xffff)
                          : "")
                  .put("Direct Path IO", false),
              vm));
    }
    return rows;
  }

  List<RowMaker> snapshots(EstateVm vm) {
    List<RowMaker> rows = new ArrayList<>();
    for (int i = 0; i < vm.snapshots; i++) {
      LocalDateTime time = LocalDateTime.of(2025, 1, 1, 8, 0).plusHours(vm.number % 7000 + i * 30L);
      Object date =
          quirks.has(Kind.TEXT_DATES)
              ? DAY.format(time)
              : (Object) (java.time.Duration.between(EPOCH, time).toSeconds() / 86_400.0);
      rows.add(
          end(
              start("vSnapshot", vm)
                  .put("Name", i == 0 ? "before patch" : "backup " + i)
                  .put("Description", "")
                  .put("Date / time", date)
                  .put("Filename", vm.name + "-Snapshot" + (i + 1) + ".vmsn")
                  .put("Size MiB (vmsn)", 1)
                  .put("Size MiB (total)", 512L * (i + 1))
                  .put("Quiesced", i % 2 == 0)
                  .put("State", "poweredOff"),
              vm));
    }
    return rows;
  }
}
