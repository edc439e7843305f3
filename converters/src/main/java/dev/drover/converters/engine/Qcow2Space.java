package dev.drover.converters.engine;

import dev.drover.converters.file.PartialFile;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * Gives out the clusters of a new qcow2 file in ascending order and keeps their refcounts. Only the
 * refcount block that still grows stays in memory; one that is full goes to the file with the next
 * cluster that is given out.
 */
final class Qcow2Space {
  private final PartialFile file;
  private final Deque<Block> full = new ArrayDeque<>();
  private Block block = new Block(0, new byte[Qcow2Format.CLUSTER]);
  private long[] places = new long[16];
  private long next;

  @SuppressWarnings("ArrayRecordComponent") // carried, never compared
  private record Block(int number, byte[] counts) {}

  Qcow2Space(PartialFile file) {
    this.file = file;
  }

  /** A new cluster, used once; its offset in the file. */
  long allocate() {
    writeFull();
    return bump();
  }

  /** New clusters in a row, each used once. */
  long allocateRow(int clusters) {
    writeFull();
    long first = bump();
    for (int i = 1; i < clusters; i++) {
      bump();
    }
    return first;
  }

  /** Where the file ends that was given out so far. */
  long end() {
    writeFull();
    return next * Qcow2Format.CLUSTER;
  }

  /** Writes what another process needs to go on. */
  void write(DataOutputStream to) throws IOException {
    to.writeLong(next);
    to.writeInt(block.number);
    to.write(block.counts);
    for (int i = 0; i < block.number; i++) {
      to.writeLong(places[i]);
    }
  }

  /** Goes on where {@link #write} has stopped. */
  void read(DataInputStream from) throws IOException {
    next = from.readLong();
    block = new Block(from.readInt(), from.readNBytes(Qcow2Format.CLUSTER));
    places = Arrays.copyOf(places, Math.max(places.length, block.number + 1));
    for (int i = 0; i < block.number; i++) {
      places[i] = from.readLong();
    }
  }

  /** Whether {@link #allocate} will give out this very place. */
  boolean isNext(long offset) {
    return full.isEmpty() && offset == next * Qcow2Format.CLUSTER;
  }

  /** Whether the cluster at a place can get one more user: its refcount block still grows. */
  boolean isOpen(long offset) {
    return offset / Qcow2Format.CLUSTER / Qcow2Format.REFCOUNTS_PER_BLOCK == block.number;
  }

  /** One more user for the cluster at a place that is open. */
  void share(long offset) {
    count(offset / Qcow2Format.CLUSTER);
  }

  private long bump() {
    long cluster = next++;
    int number = (int) (cluster / Qcow2Format.REFCOUNTS_PER_BLOCK);
    if (number != block.number) {
      full.add(block);
      block = new Block(number, new byte[Qcow2Format.CLUSTER]);
    }
    count(cluster);
    return cluster * Qcow2Format.CLUSTER;
  }

  private void count(long cluster) {
    int at = (int) (cluster % Qcow2Format.REFCOUNTS_PER_BLOCK) * Short.BYTES;
    ByteBuffer counts = ByteBuffer.wrap(block.counts);
    counts.putShort(at, (short) (counts.getShort(at) + 1));
  }

  private void writeFull() {
    while (!full.isEmpty()) {
      long at = bump();
      write(full.remove(), at);
    }
  }

  private void write(Block done, long at) {
    if (places.length <= done.number) {
      places = Arrays.copyOf(places, Math.max(done.number + 1, places.length * 2));
    }
    places[done.number] = at;
    file.write(at, ByteBuffer.wrap(done.counts));
  }

  /** Where the refcount table is, and how many clusters it has. */
  record Table(long offset, int clusters) {}

  /** Writes what is left of the refcounts. Nothing is given out afterwards. */
  Table finish() {
    long most = next / Qcow2Format.REFCOUNTS_PER_BLOCK + 4; // with what is added right here
    int clusters = (int) (most / Qcow2Format.TABLE_ENTRIES + 1);
    long table = allocateRow(clusters);
    writeFull();
    writeLast();
    ByteBuffer entries = ByteBuffer.allocate(clusters * Qcow2Format.CLUSTER);
    for (int i = 0; i <= block.number; i++) {
      entries.putLong(i * Long.BYTES, places[i]);
    }
    file.write(table, entries);
    return new Table(table, clusters);
  }

  /** The last block counts the cluster that it is itself in. */
  private void writeLast() {
    while (true) {
      int number = block.number;
      long at = bump();
      if (block.number == number) {
        write(block, at);
        return;
      }
      write(full.remove(), at);
    }
  }
}
