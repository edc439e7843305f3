package dev.drover.converters.guard;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Walks the active L1 and L2 tables of a qcow2, and the refcount table for what it occupies. Each
 * cluster serves once: internal snapshots share clusters with the active table, but the active
 * table names none twice. Of compressed clusters only whole sectors are known: the first and the
 * last may be shared with a neighbour.
 */
final class Qcow2Walk {
  private static final int SECTOR = 512;
  private static final long OFFSET = 0x00fffffffffffe00L;
  private static final long COPIED = 1L << 63;
  private static final long COMPRESSED = 1L << 62;
  private static final long ZERO = 1;
  private static final long EXTENDED_L2 = 1 << 4;

  private final TableBytes bytes;
  private final ByteBuffer header;
  private final boolean extended;
  private final int clusterBits;
  private final long cluster;
  private final long size;
  private final UsedPlaces used;
  private final UsedPlaces packed = new UsedPlaces(SECTOR, SECTOR);
  private long packedBegin = -1;

  Qcow2Walk(TableBytes bytes) {
    this.bytes = bytes;
    ByteBuffer start = bytes.read(0, 72, ByteOrder.BIG_ENDIAN, "the qcow2 header");
    boolean third = start.getInt(4) >= 3;
    header = third ? bytes.read(0, 104, ByteOrder.BIG_ENDIAN, "the qcow2 header") : start;
    extended = third && (header.getLong(72) & EXTENDED_L2) != 0;
    clusterBits = header.getInt(20);
    cluster = 1L << clusterBits;
    size = header.getLong(24);
    used = new UsedPlaces(cluster, Math.min(cluster, SECTOR));
  }

  void run() {
    used.take(0);
    takeTable(header.getLong(48), Integer.toUnsignedLong(header.getInt(56)) * cluster, 48);
    long l1 = header.getLong(40);
    long entries = Integer.toUnsignedLong(header.getInt(36));
    takeTable(l1, entries * 8, 40);
    refcounts();
    bytes.each(
        l1,
        entries,
        8,
        ByteOrder.BIG_ENDIAN,
        "the L1 table",
        (index, at, from, position) -> {
          long entry = from.getLong(position);
          if ((entry & OFFSET) != 0 || (entry & ~COPIED) != 0) {
            table(index, at, entry);
          }
        });
  }

  private void takeTable(long at, long length, long field) {
    if (at % cluster != 0 || at < 0 || length > bytes.length() || at > bytes.length() - length) {
      throw bytes.refuse(field, "a table of the qcow2 lies outside the file");
    }
    for (long from = at; from < at + length; from += cluster) {
      if (!used.take(from)) {
        throw bytes.refuse(field, "two tables of the qcow2 stand in one place");
      }
    }
  }

  private void refcounts() {
    long table = header.getLong(48);
    long entries = Integer.toUnsignedLong(header.getInt(56)) * cluster / 8;
    bytes.each(
        table,
        entries,
        8,
        ByteOrder.BIG_ENDIAN,
        "the refcount table",
        (index, at, from, position) -> {
          long block = from.getLong(position);
          if (block == 0) {
            return;
          }
          boolean there =
              block > 0
                  && block % cluster == 0
                  && block <= bytes.length() - Math.min(SECTOR, cluster);
          if (!there || !used.take(block)) {
            throw bytes.refuse(at, "refcount block " + index + " stands where it cannot be");
          }
        });
  }

  private void table(long index, long at, long entry) {
    long table = entry & OFFSET;
    boolean odd = (entry & ~(OFFSET | COPIED)) != 0 || table == 0 || table % cluster != 0;
    if (odd || table > bytes.length() - cluster) {
      throw bytes.refuse(at, "L2 table " + index + " of the qcow2 lies outside the file");
    }
    if (!used.take(table)) {
      throw bytes.refuse(at, "L2 table " + index + " stands where another table does");
    }
    int entrySize = extended ? 16 : 8;
    long perTable = cluster / entrySize;
    bytes.each(
        table,
        perTable,
        entrySize,
        ByteOrder.BIG_ENDIAN,
        "an L2 table",
        (i, entryAt, from, position) -> {
          long bitmap = extended ? from.getLong(position + 8) : 0;
          entry(index * perTable + i, entryAt, from.getLong(position), bitmap);
        });
  }

  private void entry(long number, long at, long entry, long bitmap) {
    int there = (int) bitmap;
    if ((entry & ~COPIED) == 0 && there == 0) {
      return;
    }
    if (number * cluster >= size) {
      throw bytes.refuse(at, "cluster " + number + " lies behind the end of the disk");
    }
    if ((there & (int) (bitmap >>> 32)) != 0 || (there != 0 && (entry & OFFSET) == 0)) {
      throw bytes.refuse(at, "the subclusters of cluster " + number + " contradict each other");
    }
    if ((entry & COMPRESSED) != 0) {
      compressed(number, at, entry & ~(COMPRESSED | COPIED));
      return;
    }
    long start = entry & OFFSET;
    boolean zero = !extended && (entry & ZERO) != 0;
    long flags = extended ? COPIED : COPIED | ZERO;
    if ((entry & ~(OFFSET | flags)) != 0 || start % cluster != 0 || (start == 0 && !zero)) {
      throw bytes.refuse(at, "the entry of cluster " + number + " is damaged");
    }
    if (start == 0) {
      return;
    }
    if (!zero && start > bytes.length() - needed(number, bitmap)) {
      throw bytes.refuse(at, "cluster " + number + " of the qcow2 lies outside the file");
    }
    if (!used.take(start) || packed.has(start / SECTOR)) {
      throw bytes.refuse(at, "cluster " + number + " stands where a table or another one does");
    }
  }

  /** Of the disk's last cluster, and behind the last subcluster in use, nothing need be there. */
  private long needed(long number, long bitmap) {
    long left = Math.min(cluster, size - number * cluster);
    if (!extended) {
      return left;
    }
    int there = Integer.SIZE - Integer.numberOfLeadingZeros((int) bitmap);
    return Math.min(left, there * (cluster / 32));
  }

  private void compressed(long number, long at, long entry) {
    int bits = 62 - (clusterBits - 8);
    long start = entry & ((1L << bits) - 1);
    long first = start / SECTOR;
    long last = first + (entry >>> bits);
    long end = (last + 1) * SECTOR;
    if (start < cluster || end > bytes.length()) {
      throw bytes.refuse(at, "compressed cluster " + number + " lies outside the file");
    }
    // Whole sectors belong to one cluster alone.
    boolean free = true;
    for (long sector = start % SECTOR == 0 ? first : first + 1; sector < last; sector++) {
      free &= packed.take(sector * SECTOR);
    }
    free &= !used.has(start / cluster) && !used.has((end - 1) / cluster);
    if (!free || start == packedBegin) {
      throw bytes.refuse(at, "compressed cluster " + number + " stands where another one does");
    }
    packedBegin = start;
  }
}
