package dev.drover.importers.ova;

/**
 * Bounds on what a file may make Drover hold or do. Each is far above what real appliances have
 * (the largest descriptor known to us, the vCenter appliance, has 0.2 MB and 2,000 elements) and far
 * below what hurts.
 */
final class Limits {
  /** A descriptor's bytes. */
  static final int DESCRIPTOR_BYTES = 32 << 20;

  /** A manifest's or certificate's bytes. */
  static final int MANIFEST_BYTES = 4 << 20;

  /** Elements in a descriptor. */
  static final int ELEMENTS = 200_000;

  /** VMs in a descriptor. */
  static final int SYSTEMS = 5_000;

  /** Elements inside each other. */
  static final int DEPTH = 64;

  /** Attributes of all elements together. */
  static final int ATTRIBUTES = 400_000;

  /** Characters of an element's own text; licences are the longest. */
  static final int TEXT_CHARS = 4 << 20;

  /** Entries in an archive, and chunks of a file. */
  static final int ENTRIES = 100_000;

  /** A PAX header or a long name in an archive. */
  static final int TAR_META_BYTES = 1 << 20;

  /** Folders inside each other that are searched. */
  static final int FOLDERS = 16;

  /** A gzip stream may always give this much, whatever its own size. */
  static final long INFLATED_BYTES = 1L << 30;

  /** Beyond that, so many bytes for each compressed byte; disks in an appliance give under 3. */
  static final long INFLATED_RATIO = 100;

  /** vCPUs of one VM. */
  static final int CPUS = 4096;

  /** Memory of one VM: 256 TiB. */
  static final long MEMORY_BYTES = 1L << 48;

  /** Capacity of one disk: 1 PiB; vSphere ends at 62 TiB. */
  static final long DISK_BYTES = 1L << 50;

  private Limits() {}
}
