package dev.drover.converters.image;

import dev.drover.converters.archive.SeekableParts;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The grain directory and tables of a hosted sparse VMDK or of one extent of it (VMware's "Virtual
 * Disk Format 5.0"), grains as they are or compressed.
 */
final class VmdkMap implements PieceMap {
  private static final int SECTOR = 512;
  private static final long ZEROED = 1L << 2;
  private static final long COMPRESSED = 1L << 16;
  private static final long AT_END = -1;
  private static final int MARKER = 12;

  private final SeekableParts image;
  private final TableCache tables;
  private final long flags;
  private final long size;
  private final int grain;
  private final long perTable;
  private final long directory;

  VmdkMap(SeekableParts image) throws IOException {
    this.image = image;
    this.tables = new TableCache(image, ByteOrder.LITTLE_ENDIAN);
    long header = tables.eight(56) == AT_END ? image.length() - 2 * SECTOR : 0;
    flags = tables.four(header + 8);
    size = tables.eight(header + 12) * SECTOR;
    long sectors = tables.eight(header + 20);
    if (sectors < 1 || sectors > 1 << 15) {
      throw image.hostile(header + 20, "grains of " + sectors + " sectors");
    }
    grain = (int) sectors * SECTOR;
    perTable = tables.four(header + 44);
    directory = tables.eight(header + 56) * SECTOR;
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public Run run(long offset) throws IOException {
    long number = offset / grain;
    long index = number / perTable;
    long table = tables.four(directory + index * 4) * SECTOR;
    if (table == 0) {
      return new Run.Below(Math.min(size, (index + 1) * perTable * grain) - offset);
    }
    long entryAt = table + number % perTable * 4;
    long entry = tables.four(entryAt);
    int within = (int) (offset % grain);
    long left = Math.min(grain - within, size - offset);
    if (entry == 0) {
      return new Run.Below(left);
    }
    if (entry == 1 && (flags & ZEROED) != 0) {
      return new Run.Zeros(left, false);
    }
    long place = entry * SECTOR;
    if ((flags & COMPRESSED) == 0) {
      return new Run.Plain(left, place + within);
    }
    return new Run.Packed(
        left, within, grain, (target, at) -> inflate(number, place, entryAt, target, at));
  }

  private void inflate(long number, long place, long entryAt, byte[] target, int at)
      throws IOException {
    int ahead = (int) Math.max(0, Math.min(SECTOR, image.length() - place));
    ByteBuffer first = ByteBuffer.allocate(ahead).order(ByteOrder.LITTLE_ENDIAN);
    image.read(place, first);
    long length = ahead < MARKER ? 0 : Integer.toUnsignedLong(first.getInt(8));
    boolean right = length > 0 && length <= 2L * grain;
    if (!right || first.getLong(0) != number * (grain / SECTOR)) {
      throw image.hostile(entryAt, "grain " + number + " does not stand where its table says");
    }
    byte[] packed = Unpacking.room((int) length);
    int have = (int) Math.min(length, ahead - MARKER);
    first.get(MARKER, packed, 0, have);
    image.read(place + MARKER + have, ByteBuffer.wrap(packed, have, (int) length - have));
    long least = Math.min(grain, size - number * grain);
    try {
      int n = Unpacking.zlib(packed, (int) length, target, at, grain);
      if (n != grain && n != least) {
        throw new IOException("it inflates to " + n + " bytes instead of " + grain);
      }
      java.util.Arrays.fill(target, at + n, at + grain, (byte) 0);
    } catch (IOException e) {
      throw image.hostile(place, "grain " + number + " is damaged: " + e.getMessage());
    }
  }
}
