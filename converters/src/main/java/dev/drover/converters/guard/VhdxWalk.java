package dev.drover.converters.guard;

import java.nio.ByteOrder;

/**
 * Walks the block allocation table of a VHDX: [MS-VHDX] 2.5. The guard has checked what leads to
 * it.
 */
final class VhdxWalk {
  private static final long MIB = 1 << 20;
  private static final int STATE = 7;
  private static final int FULLY_PRESENT = 6;

  /** Not present, undefined, zero, unmapped: all read as zeros. */
  private static final int LAST_EMPTY = 3;

  private final TableBytes bytes;
  private final VhdxLayout layout;

  VhdxWalk(TableBytes bytes, VhdxLayout layout) {
    this.bytes = bytes;
    this.layout = layout;
  }

  void run() {
    long block = layout.block();
    long ratio = (1L << 23) * layout.sector() / block;
    long payload = (layout.size() - 1) / block + 1;
    long entries = payload + (payload - 1) / ratio;
    if (entries * 8 > layout.batLength()) {
      throw bytes.refuse(layout.bat(), "the block table of the VHDX is too short for its disk");
    }
    UsedPlaces used = new UsedPlaces(block, MIB);
    boolean apart =
        used.reserve(0, MIB)
            && used.reserve(layout.bat(), layout.bat() + layout.batLength())
            && used.reserve(layout.metadata(), layout.metadata() + layout.metadataLength())
            && used.reserve(layout.log(), layout.log() + layout.logLength());
    if (!apart) {
      throw bytes.refuse(layout.bat(), "the regions of the VHDX overlap");
    }
    bytes.each(
        layout.bat(),
        entries,
        8,
        ByteOrder.LITTLE_ENDIAN,
        "the VHDX block table",
        (index, at, from, position) -> {
          boolean sectorBitmap = index % (ratio + 1) == ratio;
          if (!sectorBitmap) {
            check(index - index / (ratio + 1), at, from.getLong(position), used);
          }
        });
  }

  private void check(long number, long at, long entry, UsedPlaces used) {
    int state = (int) entry & STATE;
    if (state <= LAST_EMPTY) {
      return;
    }
    if (state != FULLY_PRESENT) {
      throw bytes.refuse(at, "block " + number + " of the VHDX is in the odd state " + state);
    }
    long start = entry >>> 20 << 20;
    long needed = Math.min(layout.block(), layout.size() - number * layout.block());
    boolean reservedBits = (entry & (MIB - 1)) != FULLY_PRESENT;
    if (reservedBits || start < MIB || start > bytes.length() - needed) {
      throw bytes.refuse(at, "block " + number + " of the VHDX lies outside the file");
    }
    if (!used.take(start)) {
      throw bytes.refuse(
          at, "block " + number + " of the VHDX stands where a table or another block does");
    }
  }
}
