package dev.drover.converters.engine;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashSet;
import java.util.Set;

/**
 * Compares what a streamOptimized VMDK says twice: the markers in front of its grains, by which
 * Drover reads it, and its grain tables, by which others do. A file in which they differ is a
 * different disk to each reader, and refused.
 *
 * <p>Instead of the tables themselves, which have no bound, a sum of mixed 64-bit values is kept
 * for each table: grains add to it, entries take away.
 */
final class GrainTables {
  static final int TABLE_BYTES = SparseHeader.TABLE_ENTRIES * Integer.BYTES;
  static final int TABLE_SECTORS = TABLE_BYTES / Sectors.SECTOR;

  private final ImageStream in;
  private final SparseHeader header;
  private final long[] sums;
  private final short[] grains;
  private final int[] places;
  private final Set<Integer> emptyTables = new HashSet<>();
  private int next;

  GrainTables(SparseHeader header, ImageStream in) {
    this.in = in;
    this.header = header;
    long perTable = (long) header.grain() * SparseHeader.TABLE_ENTRIES;
    int tables = (int) ((header.capacity() + perTable - 1) / perTable);
    this.sums = new long[tables];
    this.grains = new short[tables];
    this.places = new int[tables];
  }

  /** Sectors of the grain directory. */
  long directorySectors() {
    return Sectors.roundUp((long) sums.length * Integer.BYTES) / Sectors.SECTOR;
  }

  /** How many tables the directory names. */
  int count() {
    return sums.length;
  }

  /** A grain whose marker stands at a sector of the file. */
  void grain(long lba, long sector) {
    long number = lba / header.grain();
    int table = (int) (number / SparseHeader.TABLE_ENTRIES);
    sums[table] += mix(sector, (int) (number % SparseHeader.TABLE_ENTRIES));
    grains[table]++;
  }

  /** A table in front of its grains. */
  void promised(int table, byte[] bytes) {
    sums[table] -= sum(bytes);
    grains[table] = (short) (grains[table] - used(bytes));
  }

  /**
   * A table behind its grains; the tables come in the order of the grains, and those without a
   * grain may be left out.
   */
  void confirmed(byte[] bytes, long sector) {
    int used = used(bytes);
    if (used == 0) {
      if (emptyTables.size() < sums.length) {
        emptyTables.add((int) sector);
      }
      return;
    }
    while (next < sums.length && grains[next] == 0) {
      next++;
    }
    if (next == sums.length || grains[next] != used || sums[next] != sum(bytes)) {
      throw in.hostile(
          sector * Sectors.SECTOR,
          "this grain table does not name the grains that are in the file");
    }
    places[next] = (int) sector;
    sums[next] = 0;
    grains[next] = 0;
    next++;
  }

  /** A directory behind all tables. */
  void directory(byte[] bytes, long sector) {
    ByteBuffer entries = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < places.length; i++) {
      int entry = entries.getInt(i * Integer.BYTES);
      boolean empty = places[i] == 0 && (entry == 0 || emptyTables.contains(entry));
      if (entry != places[i] && !empty) {
        throw in.hostile(
            sector * Sectors.SECTOR + (long) i * Integer.BYTES,
            "grain directory entry " + i + " does not name the table that is in the file");
      }
    }
  }

  /** All grains are there: every table agrees with them. */
  void finish() {
    for (int i = 0; i < sums.length; i++) {
      if (sums[i] != 0 || grains[i] != 0) {
        throw in.hostile(
            in.position(),
            "the grains that were found are not those that grain table " + i + " names");
      }
    }
  }

  private long sum(byte[] table) {
    ByteBuffer entries = ByteBuffer.wrap(table).order(ByteOrder.LITTLE_ENDIAN);
    long sum = 0;
    for (int i = 0; i < SparseHeader.TABLE_ENTRIES; i++) {
      int entry = entries.getInt(i * Integer.BYTES);
      if (isUsed(entry)) {
        sum += mix(Integer.toUnsignedLong(entry), i);
      }
    }
    return sum;
  }

  private int used(byte[] table) {
    ByteBuffer entries = ByteBuffer.wrap(table).order(ByteOrder.LITTLE_ENDIAN);
    int used = 0;
    for (int i = 0; i < SparseHeader.TABLE_ENTRIES; i++) {
      used += isUsed(entries.getInt(i * Integer.BYTES)) ? 1 : 0;
    }
    return used;
  }

  private boolean isUsed(int entry) {
    return entry != 0 && !(entry == 1 && header.zeroedGrains());
  }

  /** MurmurHash3's finalizer: each bit of the input changes half of the output. */
  private static long mix(long sector, int slot) {
    long x = sector * SparseHeader.TABLE_ENTRIES + slot + 1;
    x = (x ^ x >>> 33) * 0xff51afd7ed558ccdL;
    x = (x ^ x >>> 33) * 0xc4ceb9fe1a85ec53L;
    return x ^ x >>> 33;
  }
}
