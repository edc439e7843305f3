package dev.drover.converters.engine;

/**
 * A disk is a whole number of sectors of 512 bytes. What ends within one goes on with zeros to its
 * end, as qemu has it.
 */
final class Sectors {
  static final int SECTOR = 512;

  /**
   * What Drover takes as a size: no target holds a larger disk (KubeVirt's file systems end here).
   */
  static final long MAX_DISK = 64L << 40;

  private Sectors() {}

  static long roundUp(long bytes) {
    return (bytes + SECTOR - 1) / SECTOR * SECTOR;
  }
}
