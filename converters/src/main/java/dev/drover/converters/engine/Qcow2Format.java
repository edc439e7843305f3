package dev.drover.converters.engine;

import java.nio.ByteBuffer;

/**
 * The part of qcow2 that Drover writes and reads back: version 3, clusters of 64 KiB, 16-bit
 * refcounts, no backing file, no snapshots (QEMU's docs/interop/qcow2.txt). All numbers are
 * big-endian.
 */
final class Qcow2Format {
  static final int CLUSTER_BITS = 16;
  static final int CLUSTER = 1 << CLUSTER_BITS;

  /** Entries of an L2 table, of the refcount table and of L1 are 8 bytes. */
  static final int TABLE_ENTRIES = CLUSTER / Long.BYTES;

  /** Bytes of the disk under one L2 table: 512 MiB. */
  static final long TABLE_SPAN = (long) TABLE_ENTRIES * CLUSTER;

  static final int REFCOUNTS_PER_BLOCK = CLUSTER / Short.BYTES;

  static final long COPIED = 1L << 63;
  static final long COMPRESSED = 1L << 62;
  static final long READS_ZERO = 1;
  static final long OFFSET_MASK = 0x00ff_ffff_ffff_fe00L;

  /** Compressed descriptor: the place has 62 - (cluster bits - 8) bits, the sectors the rest. */
  static final int PLACE_BITS = 62 - (CLUSTER_BITS - 8);

  static final int MAGIC = 0x514649fb;
  static final int HEADER = 112;
  static final long INCOMPATIBLE_COMPRESSION = 1L << 3;
  static final int ZLIB = 0;
  static final int ZSTD = 1;

  private static final int REFCOUNT_ORDER = 4;

  private Qcow2Format() {}

  /** How many L2 tables a disk has. */
  static int tables(long size) {
    return (int) ((size + TABLE_SPAN - 1) / TABLE_SPAN);
  }

  /** The first cluster of a file. */
  static byte[] header(long size, long l1At, long refcountsAt, int refcountClusters, boolean zstd) {
    ByteBuffer b = ByteBuffer.allocate(CLUSTER);
    b.putInt(0, MAGIC).putInt(4, 3);
    b.putInt(20, CLUSTER_BITS).putLong(24, size);
    b.putInt(36, tables(size)).putLong(40, l1At);
    b.putLong(48, refcountsAt).putInt(56, refcountClusters);
    b.putLong(72, zstd ? INCOMPATIBLE_COMPRESSION : 0);
    b.putInt(96, REFCOUNT_ORDER).putInt(100, HEADER);
    b.put(104, (byte) (zstd ? ZSTD : ZLIB));
    return b.array();
  }
}
