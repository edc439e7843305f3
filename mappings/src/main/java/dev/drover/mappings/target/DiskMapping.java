package dev.drover.mappings.target;

import dev.drover.mappings.model.ByteSize;
import dev.drover.mappings.model.DiskAddress;
import dev.drover.mappings.model.DnsLabel;
import dev.drover.mappings.model.SourceDisk;
import dev.drover.mappings.plan.VmPlan.DiskOverride;
import dev.drover.mappings.plan.VmSettings.DiskBus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Disks, in the order in which the guest sees them: SATA, IDE, SCSI, NVMe, then controller, then
 * unit. A disk's number counts the disks that stay behind too, so that leaving one out renames no
 * other.
 */
final class DiskMapping {
  private static final int SECTOR = 512;

  /** More than any volume of the field, less than what overflows a sum of some. */
  private static final ByteSize ABSURD = ByteSize.ofGiB(64 * 1024);

  /** Beside each virtio disk stands a PCI port; a machine has few besides those it needs. */
  private static final int MOST_ON_VIRTIO = 26;

  /** Targets of a virtio-scsi controller. */
  private static final int MOST = 255;

  private DiskMapping() {}

  /** Without boot orders, which NICs share. */
  static List<TargetDisk> map(Mapping m, String vmName) {
    List<SourceDisk> sorted =
        m.vm().disks().stream().sorted(Comparator.comparing(SourceDisk::address)).toList();
    unknownIds(m);
    DiskSerials serials = new DiskSerials(m);
    DiskBus general = DiskBusChoice.of(m, sorted);
    List<TargetDisk> disks = new ArrayList<>();
    for (int number = 0; number < sorted.size(); number++) {
      String name = "disk" + number;
      Optional<TargetDisk> disk =
          disk(m, sorted.get(number), name, DnsLabel.withSuffix(vmName, "-" + name), general);
      disk.map(d -> withSerial(d, serials)).ifPresent(disks::add);
    }
    count(m, disks);
    return disks;
  }

  private static Optional<TargetDisk> disk(
      Mapping m, SourceDisk disk, String name, String claim, DiskBus general) {
    DiskOverride override = m.vmPlan().disks().get(disk.id());
    if (override != null && override.skip()) {
      m.info(
          "DISK-001",
          "the plan leaves disk " + disk.label() + " behind",
          "take \"skip: true\" out of the plan if it is to move",
          disk.id());
      return Optional.empty();
    }
    if (disk.address().bus() == DiskAddress.Bus.FLOPPY) {
      m.warning(
          "DISK-002",
          "disk " + disk.label() + " is a floppy, which KubeVirt does not have; it stays behind",
          "copy what is on it into the guest before the move",
          disk.id());
      return Optional.empty();
    }
    DiskChecks.apply(m, disk);
    size(m, disk);
    return StorageLines.of(m, disk, override)
        .map(
            storage ->
                new TargetDisk(
                    disk.id(),
                    name,
                    claim,
                    disk.size(),
                    override != null && override.bus() != null ? override.bus() : general,
                    null,
                    disk.serial(),
                    storage));
  }

  private static TargetDisk withSerial(TargetDisk d, DiskSerials serials) {
    return new TargetDisk(
        d.sourceId(),
        d.name(),
        d.claim(),
        d.size(),
        d.bus(),
        d.bootOrder(),
        serials.of(d),
        d.storage());
  }

  private static void size(Mapping m, SourceDisk disk) {
    String id = disk.id() + ": " + disk.size().bytes() + " bytes";
    if (disk.size().bytes() == 0) {
      m.blocker(
          "DISK-003",
          "the capacity of disk " + disk.label() + " is zero or unknown",
          "correct it at the source, or " + PlanLines.disk(m.vmPlan(), disk.id(), "skip: true"),
          id);
    } else if (disk.size().compareTo(ABSURD) > 0) {
      m.warning(
          "DISK-004",
          "disk " + disk.label() + " is larger than " + ABSURD,
          "see that the number is right, and that a volume of the target can be that large",
          id);
    } else if (disk.size().bytes() % SECTOR != 0) {
      m.warning(
          "DISK-005",
          "the size of disk " + disk.label() + " is no whole number of sectors; it is rounded up",
          "see that the guest reads its last partition",
          id);
    }
  }

  private static void count(Mapping m, List<TargetDisk> disks) {
    if (m.vm().disks().isEmpty()) {
      m.warning("DISK-006", "has no disk", "see that it boots from the network or is a shell", "");
    } else if (disks.isEmpty()) {
      m.warning(
          "DISK-012",
          "none of its disks moves",
          "see that it boots from the network, or take \"skip: true\" away from a disk in the plan",
          m.vm().disks().size() + " disks stay behind");
    }
    if (disks.size() > MOST) {
      m.blocker(
          "DISK-007",
          "has more disks than a controller holds",
          "leave some behind: " + PlanLines.disk(m.vmPlan(), "ID", "skip: true"),
          disks.size() + " disks, at most " + MOST);
      return;
    }
    long virtio = disks.stream().filter(d -> d.bus() == DiskBus.virtio).count();
    if (virtio > MOST_ON_VIRTIO) {
      m.warning(
          "DISK-008",
          "has more virtio disks than a machine has free PCI ports, most likely",
          PlanLines.setting(m.vmPlan(), "diskBus: scsi"),
          virtio + " disks on virtio");
    }
  }

  private static void unknownIds(Mapping m) {
    for (Map.Entry<String, DiskOverride> override : m.vmPlan().disks().entrySet()) {
      if (m.vm().disks().stream().noneMatch(d -> d.id().equals(override.getKey()))) {
        m.blocker(
            "DISK-009",
            "the plan speaks of a disk that the source does not have",
            "use one of: " + m.vm().disks().stream().map(SourceDisk::id).sorted().toList(),
            override.getKey());
      }
    }
  }
}
