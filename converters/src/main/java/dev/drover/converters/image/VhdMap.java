package dev.drover.converters.image;

import dev.drover.converters.archive.SeekableParts;
import java.io.IOException;
import java.nio.ByteOrder;

/**
 * The block table of a dynamic VHD. A bitmap in front of each block tells which of its sectors were
 * ever written; the others read as zeros, as Microsoft's specification 1.0 has it, whatever stands
 * there. (QEMU writes whole blocks and does not look at the bitmap.)
 */
final class VhdMap implements PieceMap {
  private static final int SECTOR = 512;
  private static final long UNUSED = 0xffffffffL;

  private final TableCache tables;
  private final long size;
  private final long table;
  private final long block;
  private final long bitmap;

  /**
   * @param size of the disk, as the footer has it that the guard believed
   */
  VhdMap(SeekableParts image, long size) throws IOException {
    this.tables = new TableCache(image, ByteOrder.BIG_ENDIAN);
    this.size = size;
    long header = tables.eight(16);
    table = tables.eight(header + 16);
    block = tables.four(header + 32);
    if (block < SECTOR) {
      throw image.hostile(header + 32, "blocks of " + block + " bytes");
    }
    bitmap = (block / SECTOR / 8 + SECTOR - 1) / SECTOR * SECTOR;
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public Run run(long offset) throws IOException {
    long number = offset / block;
    long within = offset % block;
    long left = Math.min(block - within, size - offset);
    long entry = tables.four(table + number * 4);
    if (entry == UNUSED) {
      return new Run.Below(left);
    }
    long place = entry * SECTOR;
    long sector = within / SECTOR;
    boolean there = written(place, sector);
    long end = sector + 1;
    while (end * SECTOR < within + left && written(place, end) == there) {
      // Whole bytes of the bitmap at a time.
      int same = there ? 0xff : 0;
      end += end % 8 == 0 && tables.one(place + end / 8) == same ? 8 : 1;
    }
    long length = Math.min(left, end * SECTOR - within);
    return there ? new Run.Plain(length, place + bitmap + within) : new Run.Zeros(length, true);
  }

  private boolean written(long place, long sector) throws IOException {
    return (tables.one(place + sector / 8) >>> (7 - sector % 8) & 1) != 0;
  }
}
