package dev.drover.importers.ova;

import dev.drover.mappings.disk.DiskFormat;
import dev.drover.mappings.failure.Failure;
import dev.drover.mappings.model.Answer;
import dev.drover.mappings.model.ByteSize;
import dev.drover.mappings.model.DiskAddress;
import dev.drover.mappings.model.SourceDisk;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the disk drives. */
final class DriveReader {
  private static final BigDecimal MIB = BigDecimal.valueOf(1 << 20);

  private final VmContext vm;
  private final Controllers controllers;
  private final List<SourceDisk> disks = new ArrayList<>();
  private final Map<String, OvfDisk> sources = new HashMap<>();
  private final Map<String, String> byInstance = new HashMap<>();
  private final UniqueIds ids = new UniqueIds();

  DriveReader(VmContext vm) {
    this.vm = vm;
    this.controllers = new Controllers(vm);
  }

  static boolean isDrive(HardwareItem item) {
    return item.type() == HardwareItem.DISK || item.type() == HardwareItem.LOGICAL_DISK;
  }

  /**
   * @throws OvfInvalid when a drive refers to a disk that is not described, or the capacity of one
   *     cannot be understood
   */
  Drives read() {
    vm.hardware().items().stream().filter(DriveReader::isDrive).forEach(this::add);
    disks.sort(Comparator.comparing(SourceDisk::address));
    return new Drives(disks, sources, byInstance);
  }

  private void add(HardwareItem item) {
    OvfDisk disk = HostResource.disk(item, vm.envelope());
    String written = HostResource.written(item);
    if (disk == null && written != null) {
      throw new OvfInvalid(
          "OVF-104",
          item.place(),
          "the drive \""
              + item.label()
              + "\" refers to \""
              + SafeName.shown(written)
              + "\", which the DiskSection does not have",
          "correct rasd:HostResource there, or export the VM again");
    }
    String id = disk != null ? ids.next(disk.id()) : ids.next("drive" + item.instance());
    if (disk != null) {
      disks.add(described(id, disk, item));
      sources.put(id, disk);
    } else {
      ByteSize size = ownSize(item);
      if (size == null) {
        vm.warn(
            "OVF-011",
            "the drive \"" + item.label() + "\" has neither a disk nor a size; it is left out",
            "add the disk to the VM after the move if it is needed",
            "InstanceID " + item.instance());
        return;
      }
      disks.add(disk(id, item, size, null, blank(), SourceDisk.Sharing.NONE, null));
    }
    byInstance.putIfAbsent(item.instance(), id);
  }

  private SourceDisk described(String id, OvfDisk disk, HardwareItem item) {
    ByteSize size = Capacity.of(disk, vm.properties());
    return disk(
        id, item, size, Capacity.populated(disk), backing(disk), sharing(disk, id), disk.uuid());
  }

  private SourceDisk disk(
      String id,
      HardwareItem item,
      ByteSize size,
      @Nullable ByteSize used,
      SourceDisk.Backing backing,
      SourceDisk.Sharing sharing,
      @Nullable String uuid) {
    DiskAddress address = controllers.address(item);
    return new SourceDisk(
        id, item.label(), size, used, address, backing, sharing, mode(item), null, uuid,
        Answer.NO, null);
  }

  /** A drive without a disk: {@code VirtualQuantity}, or vCloud Director's {@code capacity} in MiB. */
  private static @Nullable ByteSize ownSize(HardwareItem item) {
    XmlElement resource = item.element().first("HostResource");
    String cloud = resource == null ? null : resource.foreign("capacity");
    String quantity = item.field("VirtualQuantity");
    String units = item.field("AllocationUnits");
    BigDecimal unit = cloud != null ? MIB : units == null ? BigDecimal.ONE : Units.bytes(units);
    BigDecimal number = cloud != null ? Units.number(cloud) : quantity == null ? null : Units.number(quantity);
    Long bytes =
        unit == null || number == null
            ? null
            : Units.whole(number.multiply(unit), Limits.DISK_BYTES);
    return bytes == null || bytes < 512 ? null : new ByteSize(bytes);
  }

  private static SourceDisk.Backing blank() {
    return new SourceDisk.Backing(SourceDisk.Kind.BLANK, null, null, null, Answer.UNKNOWN, 0);
  }

  private SourceDisk.Backing backing(OvfDisk disk) {
    if (disk.fileRef() == null && disk.parentRef() == null) {
      return blank();
    }
    Integer depth = null;
    String path = null;
    DiskFormat format = Formats.byUri(disk.format());
    try {
      OvfFile file = vm.files().file(disk);
      path = vm.files().files().shown(SafeName.shown(file.href()));
      DiskFormat byName = Formats.byName(file.href());
      new FileFindings(vm).report(disk, file, format, byName);
      format = format != null ? format : byName;
      depth = vm.files().check(disk);
    } catch (Failure e) {
      vm.block("OVF-003", e.subject() + ": " + e.what(), e.remedy(), "disk " + disk.id());
    }
    return new SourceDisk.Backing(
        SourceDisk.Kind.FILE, format, path, null, Answer.UNKNOWN, depth);
  }

  private SourceDisk.Sharing sharing(OvfDisk disk, String id) {
    int users = vm.envelope().users(disk);
    if (disk.shared()) {
      return SourceDisk.Sharing.MULTI_WRITER;
    }
    if (users > 1 || !id.equals(disk.id())) {
      vm.warn(
          "OVF-008",
          users > 1
              ? users + " VMs of the appliance refer to one disk; each gets a copy of its own"
              : "two drives of the VM refer to one disk; each gets a copy of its own",
          "if they share it while they run (a cluster), leave it out with skip and attach a shared"
              + " volume by hand",
          "disk " + disk.id());
      return users > 1 ? SourceDisk.Sharing.UNKNOWN : SourceDisk.Sharing.NONE;
    }
    return SourceDisk.Sharing.NONE;
  }

  /** vSphere notes the mode of a drive in its Config elements. */
  private static SourceDisk.Mode mode(HardwareItem item) {
    String mode =
        item.element()
            .all("Config")
            .filter(c -> "backing.diskMode".equals(c.foreign("key")))
            .map(c -> String.valueOf(c.foreign("value")).toLowerCase(Locale.ROOT))
            .findFirst()
            .orElse("");
    return switch (mode) {
      case "persistent" -> SourceDisk.Mode.PERSISTENT;
      case "independent_persistent" -> SourceDisk.Mode.INDEPENDENT_PERSISTENT;
      case "independent_nonpersistent" -> SourceDisk.Mode.INDEPENDENT_NONPERSISTENT;
      default -> SourceDisk.Mode.UNKNOWN;
    };
  }
}
