package dev.drover.converters.engine;

import dev.drover.converters.file.PartialFile;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** The L1 and L2 tables of a new qcow2 file; of the L2 tables only the current one is in memory. */
final class Qcow2Tables {
  private final PartialFile file;
  private final Qcow2Space space;
  private long[] l1;
  private byte[] l2 = new byte[0];
  private int number = -1;

  Qcow2Tables(PartialFile file, Qcow2Space space, int tables) {
    this.file = file;
    this.space = space;
    this.l1 = new long[Math.max(1, tables)];
  }

  /**
   * Makes the table for a place of the disk the current one. To be called before a cluster is given
   * out for that place.
   */
  void select(long offset) {
    int wanted = (int) (offset / Qcow2Format.TABLE_SPAN);
    if (wanted != number) {
      write();
      number = wanted;
      l2 = new byte[Qcow2Format.CLUSTER];
    }
  }

  /** Sets the entry of a cluster of the disk in the current table. */
  void put(long offset, long entry) {
    int at = (int) (offset % Qcow2Format.TABLE_SPAN / Qcow2Format.CLUSTER) * Long.BYTES;
    ByteBuffer.wrap(l2).putLong(at, entry);
  }

  /** Writes what another process needs to go on. */
  void write(DataOutputStream to) throws IOException {
    to.writeInt(number);
    to.writeInt(l2.length);
    to.write(l2);
    int used = Math.max(0, Math.min(l1.length, number));
    to.writeInt(used);
    for (int i = 0; i < used; i++) {
      to.writeLong(l1[i]);
    }
  }

  /** Goes on where {@link #write(DataOutputStream)} has stopped. */
  void read(DataInputStream from) throws IOException {
    number = from.readInt();
    l2 = from.readNBytes(from.readInt());
    int used = from.readInt();
    l1 = Arrays.copyOf(l1, Math.max(l1.length, used));
    for (int i = 0; i < used; i++) {
      l1[i] = from.readLong();
    }
  }

  private void write() {
    if (number >= 0) {
      long at = space.allocate();
      file.write(at, ByteBuffer.wrap(l2));
      if (l1.length <= number) {
        l1 = Arrays.copyOf(l1, Math.max(number + 1, l1.length * 2));
      }
      l1[number] = at | Qcow2Format.COPIED;
    }
    number = -1;
  }

  /** Writes what is left and returns where L1 is. */
  long finish(int tables) {
    write();
    int clusters =
        Math.max(1, (tables + Qcow2Format.TABLE_ENTRIES - 1) / Qcow2Format.TABLE_ENTRIES);
    ByteBuffer entries = ByteBuffer.allocate(clusters * Qcow2Format.CLUSTER);
    for (int i = 0; i < Math.min(tables, l1.length); i++) {
      entries.putLong(i * Long.BYTES, l1[i]);
    }
    long at = space.allocateRow(clusters);
    file.write(at, entries);
    return at;
  }
}
