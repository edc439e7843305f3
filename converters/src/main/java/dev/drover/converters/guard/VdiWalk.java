package dev.drover.converters.guard;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Walks the block map of a VDI: one little endian number of a block for each MiB of the disk. */
final class VdiWalk {
  private static final int BLOCK = 1 << 20;
  private static final int FREE = -1;
  private static final int ZERO = -2;

  private VdiWalk() {}

  static void run(TableBytes bytes) {
    ByteBuffer header = bytes.read(0, 0x1d8, ByteOrder.LITTLE_ENDIAN, "the VDI header");
    long map = Integer.toUnsignedLong(header.getInt(0x154));
    long data = Integer.toUnsignedLong(header.getInt(0x158));
    long size = header.getLong(0x170);
    long blocks = Integer.toUnsignedLong(header.getInt(0x180));
    long allocated = Integer.toUnsignedLong(header.getInt(0x184));
    if (map < 0x1d8 || data < map + blocks * 4) {
      throw bytes.refuse(0x154, "the VDI block map and the data overlap");
    }
    UsedPlaces used = new UsedPlaces(BLOCK, BLOCK);
    long[] found = new long[1];
    bytes.each(
        map,
        blocks,
        4,
        ByteOrder.LITTLE_ENDIAN,
        "the VDI block map",
        (index, at, from, position) -> {
          int entry = from.getInt(position);
          if (entry == FREE || entry == ZERO) {
            return;
          }
          found[0]++;
          long block = Integer.toUnsignedLong(entry);
          // Of the last block only what the disk has need be there.
          long needed = Math.max(0, Math.min(BLOCK, size - index * BLOCK));
          if (block >= allocated || data + block * BLOCK + needed > bytes.length()) {
            throw bytes.refuse(at, "block " + index + " of the VDI lies outside the file");
          }
          if (!used.take(block * BLOCK)) {
            throw bytes.refuse(at, "block " + index + " of the VDI stands where another one does");
          }
        });
    if (found[0] != allocated) {
      throw bytes.refuse(
          0x184, "a VDI of " + allocated + " allocated blocks, whose map has " + found[0]);
    }
  }
}
