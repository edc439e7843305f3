package dev.drover.converters.guard;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Walks the grain directory and the grain tables of a hosted sparse VMDK or one extent of it,
 * little endian sectors. A writer of version 1 keeps two copies of them, which must be equal.
 */
final class VmdkWalk {
  private static final int SECTOR = 512;
  private static final int REDUNDANT = 1 << 1;
  private static final int ZEROED = 1 << 2;
  private static final int COMPRESSED = 1 << 16;
  private static final long AT_END = -1L;
  private static final int MARKER = 12;

  private final TableBytes bytes;
  private final int flags;
  private final long capacity;
  private final long grain;
  private final int perTable;
  private final long directory;
  private final long redundant;
  private final long tables;
  private final UsedPlaces used;

  VmdkWalk(TableBytes bytes) {
    this.bytes = bytes;
    ByteBuffer header = bytes.read(0, SECTOR, ByteOrder.LITTLE_ENDIAN, "the VMDK header");
    if (header.getLong(56) == AT_END) {
      long at = bytes.length() - 2 * SECTOR;
      header = bytes.read(at, SECTOR, ByteOrder.LITTLE_ENDIAN, "the VMDK footer");
    }
    flags = header.getInt(8);
    capacity = header.getLong(12) * SECTOR;
    grain = header.getLong(20) * SECTOR;
    perTable = header.getInt(44);
    directory = header.getLong(56) * SECTOR;
    redundant =
        (flags & REDUNDANT) != 0 && header.getLong(48) > 0 ? header.getLong(48) * SECTOR : -1;
    tables = (capacity - 1) / (grain * perTable) + 1;
    used = new UsedPlaces(grain, SECTOR);
    used.reserve(0, SECTOR);
  }

  void run() {
    reserveTables(directory, "grain directory");
    if (redundant >= 0) {
      reserveTables(redundant, "redundant grain directory");
    }
    bytes.each(
        directory,
        tables,
        4,
        ByteOrder.LITTLE_ENDIAN,
        "the grain directory",
        (index, at, from, position) -> {
          long table = sector(from, position);
          long other = redundant < 0 ? -1 : sector(redundant + index * 4);
          if (other >= 0 && (other == 0) != (table == 0)) {
            throw bytes.refuse(at, "the two grain directories of the VMDK contradict each other");
          }
          if (table != 0) {
            walkTable(index, table, other);
          }
        });
  }

  /** A directory and its tables; several entries of a directory may be 0: nothing is there. */
  private void reserveTables(long at, String what) {
    if (!used.reserve(at, at + tables * 4)) {
      throw bytes.refuse(at, "the " + what + " of the VMDK stands where another table does");
    }
    bytes.each(
        at,
        tables,
        4,
        ByteOrder.LITTLE_ENDIAN,
        "the " + what,
        (index, entryAt, from, position) -> {
          long table = sector(from, position);
          if (table == 0) {
            return;
          }
          if (table + perTable * 4L > bytes.length()) {
            throw bytes.refuse(entryAt, "grain table " + index + " lies outside the file");
          }
          if (!used.reserve(table, table + perTable * 4L)) {
            throw bytes.refuse(
                entryAt, "grain table " + index + " stands where another table does");
          }
        });
  }

  private void walkTable(long index, long table, long other) {
    ByteBuffer entries = bytes.read(table, perTable * 4, ByteOrder.LITTLE_ENDIAN, "a grain table");
    if (other > 0) {
      ByteBuffer copy = bytes.read(other, perTable * 4, ByteOrder.LITTLE_ENDIAN, "a grain table");
      int differs = entries.mismatch(copy);
      if (differs >= 0) {
        throw bytes.refuse(
            table + differs, "the two copies of grain table " + index + " contradict each other");
      }
    }
    for (int i = 0; i < perTable; i++) {
      long entry = Integer.toUnsignedLong(entries.getInt(i * 4));
      boolean zeroed = entry == 1 && (flags & ZEROED) != 0;
      if (entry != 0 && !zeroed) {
        checkGrain(index * perTable + i, entry * SECTOR, table + i * 4L);
      }
    }
  }

  private void checkGrain(long number, long start, long at) {
    long left = capacity - number * grain;
    if (left <= 0) {
      throw bytes.refuse(at, "grain " + number + " lies behind the end of the disk");
    }
    if ((flags & COMPRESSED) != 0) {
      checkPacked(number, start, at);
      return;
    }
    if (start + Math.min(grain, left) > bytes.length()) {
      throw bytes.refuse(at, "grain " + number + " lies outside the file");
    }
    if (!used.take(start)) {
      throw bytes.refuse(at, "grain " + number + " stands where a table or another grain does");
    }
  }

  /** A packed grain says itself which one it is, so no two entries can share one. */
  private void checkPacked(long number, long start, long at) {
    if (start > bytes.length() - MARKER) {
      throw bytes.refuse(at, "grain " + number + " lies outside the file");
    }
    ByteBuffer marker = bytes.read(start, MARKER, ByteOrder.LITTLE_ENDIAN, "a grain marker");
    long size = Integer.toUnsignedLong(marker.getInt(8));
    if (marker.getLong(0) != number * (grain / SECTOR) || size == 0) {
      throw bytes.refuse(at, "grain " + number + " does not stand where its table says");
    }
    if (start + MARKER + size > bytes.length()) {
      throw bytes.refuse(start, "grain " + number + " ends outside the file");
    }
  }

  private long sector(long at) {
    return sector(bytes.read(at, 4, ByteOrder.LITTLE_ENDIAN, "a grain directory"), 0);
  }

  private static long sector(ByteBuffer from, int position) {
    return Integer.toUnsignedLong(from.getInt(position)) * SECTOR;
  }
}
