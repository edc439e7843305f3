package dev.drover.converters;

/** Who reads images. */
public enum Engine {
  /** Drover's own readers. */
  DROVER,
  /** {@code qemu-img}, for every image: to compare, or to get around a fault of Drover's. */
  QEMU_IMG;

  /** What people type and read: {@code qemu-img}. */
  public String word() {
    return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }
}
