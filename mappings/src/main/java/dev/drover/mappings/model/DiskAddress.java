package dev.drover.mappings.model;

import org.jspecify.annotations.Nullable;

/**
 * Where a disk hangs.
 *
 * @param bus the kind of controller
 * @param controllerModel the subtype as the source spells it ({@code lsilogic}, {@code
 *     VirtualSCSI}), or null
 * @param controller the controller's number among those of its kind
 * @param unit the place on the controller
 */
public record DiskAddress(Bus bus, @Nullable String controllerModel, int controller, int unit)
    implements Comparable<DiskAddress> {
  /** Kinds of controllers, in the order in which a BIOS looks for its boot disk. */
  public enum Bus {
    SATA,
    IDE,
    SCSI,
    NVME,
    VIRTIO,
    USB,
    FLOPPY,
    UNKNOWN
  }

  /** SATA, IDE, SCSI, NVMe and so on; then controller, then unit. */
  @Override
  public int compareTo(DiskAddress other) {
    int byBus = bus.compareTo(other.bus);
    int byController = byBus != 0 ? byBus : Integer.compare(controller, other.controller);
    return byController != 0 ? byController : Integer.compare(unit, other.unit);
  }
}
