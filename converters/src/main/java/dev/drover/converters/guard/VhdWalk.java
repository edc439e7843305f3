package dev.drover.converters.guard;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Walks the block allocation table of a dynamic VHD: a big endian sector for each block, where a
 * bitmap of its sectors stands, and the block behind it.
 */
final class VhdWalk {
  private static final int SECTOR = 512;
  private static final int UNUSED = -1;

  private VhdWalk() {}

  static void run(TableBytes bytes, ImageHeader image) {
    if (image.detail().equals("fixed")) {
      return;
    }
    // Where the copy of the footer at the start is damaged, the guard took the one at the end.
    ByteBuffer footer = bytes.read(0, SECTOR, ByteOrder.BIG_ENDIAN, "the VHD footer");
    long headerAt = footer.getLong(16);
    ByteBuffer header = bytes.read(headerAt, 1024, ByteOrder.BIG_ENDIAN, "the dynamic VHD header");
    long table = header.getLong(16);
    long entries = Integer.toUnsignedLong(header.getInt(28));
    long block = Integer.toUnsignedLong(header.getInt(32));
    long bitmap = (block / SECTOR / 8 + SECTOR - 1) / SECTOR * SECTOR;
    UsedPlaces used = new UsedPlaces(bitmap + block, SECTOR);
    boolean apart =
        used.reserve(0, SECTOR)
            && used.reserve(headerAt, headerAt + 1024)
            && used.reserve(table, table + entries * 4);
    if (!apart) {
      throw bytes.refuse(headerAt + 16, "the tables of the VHD overlap");
    }
    bytes.each(
        table,
        entries,
        4,
        ByteOrder.BIG_ENDIAN,
        "the VHD block table",
        (index, at, from, position) -> {
          int entry = from.getInt(position);
          if (entry == UNUSED) {
            return;
          }
          long start = Integer.toUnsignedLong(entry) * SECTOR;
          // The last one as well, whole: no writer leaves it short, and QEMU asks for it.
          if (start + bitmap + block > bytes.length()) {
            throw bytes.refuse(at, "block " + index + " of the VHD lies outside the file");
          }
          if (!used.take(start)) {
            throw bytes.refuse(
                at, "block " + index + " of the VHD stands where a table or another block does");
          }
        });
  }
}
