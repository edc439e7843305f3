package dev.drover.mappings.target;

import dev.drover.mappings.model.DiskAddress;
import dev.drover.mappings.model.SourceDisk;
import dev.drover.mappings.plan.VmSettings.DiskBus;
import java.util.List;

/**
 * The bus of a VM's disks, where the plan names none for a disk of its own: what the plan says,
 * else virtio where the guest is known to boot from it, else SATA.
 */
final class DiskBusChoice {
  private DiskBusChoice() {}

  static DiskBus of(Mapping m, List<SourceDisk> disks) {
    DiskBus wanted = m.settings().diskBus();
    if (wanted != null) {
      if (needsVirtio(wanted) && !m.virtioInKernel()) {
        m.warning(
            "BUS-001",
            "the plan wants " + wanted + ", but nobody knows that the guest has the driver",
            "see that it has virtio drivers before the move: without them it does not start",
            m.os().name());
      }
      return wanted;
    }
    if (disks.isEmpty() || m.virtioSure()) {
      return DiskBus.virtio;
    }
    if (m.virtioInKernel()) {
      return late(m, disks);
    }
    notes(m);
    return DiskBus.sata;
  }

  private static boolean needsVirtio(DiskBus bus) {
    return bus == DiskBus.virtio || bus == DiskBus.scsi;
  }

  /** What boots now from SATA has its driver in the initramfs, whatever else it lacks. */
  private static DiskBus late(Mapping m, List<SourceDisk> disks) {
    boolean onSata = disks.get(0).address().bus() == DiskAddress.Bus.SATA;
    String initramfs =
        "run \"dracut --force --no-hostonly --regenerate-all\" in the guest before the move, so"
            + " that its initramfs has virtio";
    if (onSata) {
      m.info(
          "BUS-002",
          "keeps SATA, since its initramfs may hold no virtio driver",
          initramfs + ", and " + PlanLines.setting(m.vmPlan(), "diskBus: virtio"),
          m.os().name());
      return DiskBus.sata;
    }
    m.warning(
        "BUS-003",
        "its kernel has virtio, but its initramfs may hold only what the old machine needed",
        initramfs,
        m.os().name());
    return DiskBus.virtio;
  }

  private static void notes(Mapping m) {
    if (!m.os().ahci()) {
      m.warning(
          "BUS-004",
          "boots neither from SATA nor from virtio as it is, and KubeVirt has no IDE",
          "install virtio-win's drivers in the guest before the move, and "
              + PlanLines.setting(m.vmPlan(), "diskBus: virtio"),
          m.os().name());
    } else {
      m.info(
          "BUS-005",
          "gets SATA, since nobody knows that the guest boots from virtio; SATA is slower",
          "install virtio drivers in the guest, then "
              + PlanLines.setting(m.vmPlan(), "diskBus: virtio"),
          m.os().name());
    }
  }
}
