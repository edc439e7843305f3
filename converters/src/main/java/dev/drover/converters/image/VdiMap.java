package dev.drover.converters.image;

import dev.drover.converters.archive.SeekableParts;
import java.io.IOException;
import java.nio.ByteOrder;

/** The block map of a VDI (VirtualBox's VDICore.h, version 1.1). */
final class VdiMap implements PieceMap {
  private static final int BLOCK = 1 << 20;
  private static final long FREE = 0xffffffffL;
  private static final long ZERO = 0xfffffffeL;

  private final TableCache tables;
  private final long map;
  private final long data;
  private final long size;

  VdiMap(SeekableParts image) throws IOException {
    this.tables = new TableCache(image, ByteOrder.LITTLE_ENDIAN);
    map = tables.four(0x154);
    data = tables.four(0x158);
    size = tables.eight(0x170);
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public Run run(long offset) throws IOException {
    long within = offset % BLOCK;
    long left = Math.min(BLOCK - within, size - offset);
    long entry = tables.four(map + offset / BLOCK * 4);
    if (entry == FREE || entry == ZERO) {
      return new Run.Zeros(left, false);
    }
    return new Run.Plain(left, data + entry * BLOCK + within);
  }
}
