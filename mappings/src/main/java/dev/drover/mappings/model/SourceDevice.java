package dev.drover.mappings.model;

/**
 * A device that is neither a disk nor a NIC and that the move loses or must treat specially.
 *
 * @param description as the source spells it
 */
public record SourceDevice(Kind kind, String description) {
  /** Kinds that the assessment tells apart. */
  public enum Kind {
    CDROM,
    FLOPPY,
    SERIAL_PORT,
    PARALLEL_PORT,
    USB_CONTROLLER,
    USB_DEVICE,
    SOUND,
    PCI_PASSTHROUGH,
    VGPU,
    NVDIMM,
    PRECISION_CLOCK,
    WATCHDOG,
    OTHER
  }
}
