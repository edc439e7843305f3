package dev.drover.converters.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Reads the grain directory and the tables that stand in front of the grains, as qemu-img has it.
 */
final class FrontTables {
  private final ImageStream in;
  private final SparseHeader header;
  private final GrainTables tables;

  FrontTables(ImageStream in, SparseHeader header, GrainTables tables) {
    this.in = in;
    this.header = header;
    this.tables = tables;
  }

  /** Reads them in one pass; they stand in the order of the disk, the directory first. */
  void read() throws IOException {
    skipTo(header.directory(), 0, "the grain directory");
    byte[] directory = new byte[(int) tables.directorySectors() * Sectors.SECTOR];
    in.readFully(directory, 0, directory.length, "the grain directory");
    ByteBuffer entries = ByteBuffer.wrap(directory).order(ByteOrder.LITTLE_ENDIAN);
    byte[] table = new byte[GrainTables.TABLE_BYTES];
    for (int i = 0; i < tables.count(); i++) {
      long sector = Integer.toUnsignedLong(entries.getInt(i * Integer.BYTES));
      if (sector != 0) {
        skipTo(sector, i, "grain table " + i);
        in.readFully(table, 0, table.length, "grain table " + i);
        tables.promised(i, table);
      }
    }
    if (in.position() > header.overhead() * Sectors.SECTOR) {
      throw in.hostile(64, "VMDK header: the overhead ends within the grain tables");
    }
  }

  private void skipTo(long sector, int entry, String what) throws IOException {
    long gap = sector * Sectors.SECTOR - in.position();
    if (gap < 0 || sector >= header.overhead()) {
      throw in.hostile(
          header.directory() * Sectors.SECTOR + (long) entry * Integer.BYTES,
          what + " at sector " + sector + ", which is not where it can be read in one pass");
    }
    in.skip(gap, what);
  }
}
