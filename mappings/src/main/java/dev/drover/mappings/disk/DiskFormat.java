package dev.drover.mappings.disk;

/** Image formats that Drover reads. The subformats of VMDK are told apart by the header guard. */
public enum DiskFormat {
  RAW,
  QCOW2,
  VMDK,
  VHD,
  VHDX,
  VDI;

  /** The usual file name extension, without a dot. */
  public String extension() {
    return this == RAW ? "raw" : name().toLowerCase(java.util.Locale.ROOT);
  }
}
