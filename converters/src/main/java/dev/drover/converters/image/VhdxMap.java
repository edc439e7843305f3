package dev.drover.converters.image;

import dev.drover.converters.archive.SeekableParts;
import dev.drover.converters.guard.VhdxLayout;
import java.io.IOException;
import java.nio.ByteOrder;

/** The block table of a VHDX: [MS-VHDX] 2.5. Its log is empty, or the guard has refused it. */
final class VhdxMap implements PieceMap {
  private static final int STATE = 7;
  private static final int LAST_EMPTY = 3;
  private static final int FULLY_PRESENT = 6;

  private final SeekableParts image;
  private final TableCache tables;
  private final VhdxLayout layout;
  private final long ratio;

  VhdxMap(SeekableParts image, VhdxLayout layout) {
    this.image = image;
    this.tables = new TableCache(image, ByteOrder.LITTLE_ENDIAN);
    this.layout = layout;
    // An entry for a bitmap of sectors stands behind so many blocks.
    this.ratio = (1L << 23) * layout.sector() / layout.block();
  }

  @Override
  public long size() {
    return layout.size();
  }

  @Override
  public Run run(long offset) throws IOException {
    long number = offset / layout.block();
    long within = offset % layout.block();
    long left = Math.min(layout.block() - within, layout.size() - offset);
    long entryAt = layout.bat() + (number + number / ratio) * 8;
    long entry = tables.eight(entryAt);
    int state = (int) entry & STATE;
    if (state == FULLY_PRESENT) {
      return new Run.Plain(left, (entry >>> 20 << 20) + within);
    }
    if (state > LAST_EMPTY) {
      throw image.hostile(entryAt, "block " + number + " is in the odd state " + state);
    }
    return new Run.Zeros(left, false);
  }
}
