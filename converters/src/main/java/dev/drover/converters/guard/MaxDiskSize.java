package dev.drover.converters.guard;

/**
 * The largest virtual disk that is believed. vSphere ends at 62 TB and Hyper-V's VHDX at 64 TiB, so
 * more is no disk of a hypervisor that Drover reads from. The system property {@value #PROPERTY}
 * (whole TiB) raises or lowers it.
 */
public final class MaxDiskSize {
  /** Name of the system property. */
  public static final String PROPERTY = "drover.disk.max-tib";

  private static final long DEFAULT_TIB = 64;
  private static final long HIGHEST_TIB = 1L << 20;

  private MaxDiskSize() {}

  /** The limit in bytes. */
  public static long bytes() {
    long tib = Long.getLong(PROPERTY, DEFAULT_TIB);
    return Math.max(1, Math.min(tib, HIGHEST_TIB)) << 40;
  }

  /**
   * Refuses sizes that no disk has.
   *
   * @param unsigned as the header has it; a negative number is an absurdly large one
   * @param offset where it stands
   */
  static void check(ImageBytes bytes, long offset, long unsigned) {
    if (unsigned == 0) {
      throw bytes.refuse(
          offset, "the header declares a disk of zero bytes", "export the disk again");
    }
    if (unsigned < 0 || unsigned > bytes()) {
      throw bytes.refuse(
          offset,
          "the header declares a disk of "
              + Long.toUnsignedString(unsigned)
              + " bytes, more than the "
              + (bytes() >> 40)
              + " TiB that Drover believes",
          "export the disk again; if it really is that large, start with DROVER_JAVA_OPTIONS=-D"
              + PROPERTY
              + "=N (TiB)");
    }
  }

  /** Sectors of 512 bytes to bytes; what overflows is negative, so that {@link #check} refuses. */
  static long ofSectors(long sectors) {
    return sectors < 0 || sectors > Long.MAX_VALUE / 512 ? -1 : sectors * 512;
  }
}
