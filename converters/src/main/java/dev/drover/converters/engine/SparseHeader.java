package dev.drover.converters.engine;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The header of a sparse VMDK extent as VMware's "Virtual Disk Format 5.0" has it; all numbers are
 * little-endian and all places count sectors.
 *
 * @param capacity sectors of the disk
 * @param grain sectors of a grain
 * @param directory where the grain directory is, or {@link #AT_END}
 * @param overhead the first sector behind header, descriptor and the tables in front
 */
record SparseHeader(long flags, long capacity, int grain, long directory, long overhead) {
  static final int SIZE = 512;
  static final int TABLE_ENTRIES = 512;

  /** The directory's place stands in the footer. */
  static final long AT_END = -1;

  private static final int MAGIC = 0x564d444b;
  private static final long ZEROED_GRAINS = 1L << 2;
  private static final long COMPRESSED = 1L << 16;
  private static final long MARKERS = 1L << 17;
  private static final int DEFLATE = 1;

  /** 4 KiB and 1 MiB; what exists in the wild is 64 KiB. */
  private static final int MIN_GRAIN = 8;

  static final int MAX_GRAIN = 2048;

  /** Whether a table may hold a 1 for "this grain is zeros". */
  boolean zeroedGrains() {
    return (flags & ZEROED_GRAINS) != 0;
  }

  /** Whether another header describes the same disk; the place of the directory may differ. */
  boolean sameDisk(SparseHeader other) {
    return flags == other.flags && capacity == other.capacity && grain == other.grain;
  }

  /** Bytes of the disk. */
  long size() {
    return capacity * Sectors.SECTOR;
  }

  /**
   * Reads a header.
   *
   * @param at where it stands, for messages
   * @throws dev.drover.mappings.failure.HostileInput naming the field
   */
  static SparseHeader parse(byte[] sector, ImageStream in, long at) {
    ByteBuffer b = ByteBuffer.wrap(sector).order(ByteOrder.LITTLE_ENDIAN);
    require(b.getInt(0) == MAGIC, in, at, "no VMDK header is here");
    long version = Integer.toUnsignedLong(b.getInt(4));
    require(version >= 1 && version <= 3, in, at + 4, "VMDK version " + version);
    long flags = Integer.toUnsignedLong(b.getInt(8));
    require((flags & COMPRESSED) != 0, in, at + 8, "grains without compression");
    require((flags & MARKERS) != 0, in, at + 8, "grains without markers");
    long capacity = b.getLong(12);
    boolean fits = capacity > 0 && capacity <= Sectors.MAX_DISK / Sectors.SECTOR;
    require(fits, in, at + 12, "capacity of " + Long.toUnsignedString(capacity) + " sectors");
    long grain = b.getLong(20);
    boolean sane = grain >= MIN_GRAIN && grain <= MAX_GRAIN && Long.bitCount(grain) == 1;
    require(sane, in, at + 20, "grain of " + Long.toUnsignedString(grain) + " sectors");
    long entries = Integer.toUnsignedLong(b.getInt(44));
    require(entries == TABLE_ENTRIES, in, at + 44, "grain tables with " + entries + " entries");
    long directory = b.getLong(56);
    require(directory >= AT_END && directory != 0, in, at + 56, "grain directory at " + directory);
    long overhead = b.getLong(64);
    require(overhead > 0 && overhead < 1L << 32, in, at + 64, "overhead of " + overhead);
    require(intactLineEnds(b), in, at + 73, "line ends were changed, as by a transfer as text");
    int algorithm = Short.toUnsignedInt(b.getShort(77));
    require(algorithm == DEFLATE, in, at + 77, "compression " + algorithm + " instead of deflate");
    return new SparseHeader(flags, capacity, (int) grain, directory, overhead);
  }

  private static boolean intactLineEnds(ByteBuffer b) {
    return b.get(73) == '\n' && b.get(74) == ' ' && b.get(75) == '\r' && b.get(76) == '\n';
  }

  private static void require(boolean right, ImageStream in, long at, String wrong) {
    if (!right) {
      throw in.hostile(at, "VMDK header: " + wrong);
    }
  }
}
