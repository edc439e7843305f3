package dev.drover.converters.guard;

import dev.drover.mappings.disk.FilePart;
import dev.drover.mappings.failure.ConversionFailed;
import dev.drover.mappings.failure.HostileInput;
import dev.drover.mappings.failure.Retry;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;

/**
 * The tables of an image whose bytes stand in one file as they are: read where they are asked for,
 * with one open file. Not thread-safe.
 */
final class TableBytes implements Closeable {
  /** A table is read in pieces of this size, however long it is. */
  static final int PIECE = 1 << 20;

  private static final String AGAIN =
      "the image is not whole or is damaged: copy the file again from where it came";

  private final String label;
  private final FilePart part;
  private final FileChannel channel;

  private TableBytes(String label, FilePart part, FileChannel channel) {
    this.label = label;
    this.part = part;
    this.channel = channel;
  }

  /**
   * Opens a part without wrapping.
   *
   * @param label of the disk, for messages
   */
  static TableBytes open(String label, FilePart part) {
    try {
      return new TableBytes(label, part, FileChannel.open(part.file()));
    } catch (IOException e) {
      throw new ConversionFailed(
          label, "cannot open " + part.file(), "check that you may read it", Retry.WORTHWHILE, e);
    }
  }

  /** Bytes of the image. */
  long length() {
    return part.length();
  }

  /**
   * Exactly that many bytes.
   *
   * @param what stands there, for the refusal where the file ends before
   */
  ByteBuffer read(long at, int count, ByteOrder order, String what) {
    if (at < 0 || at > length() - count) {
      throw refuse(Math.max(0, Math.min(at, length())), what + " lies outside the file");
    }
    ByteBuffer into = ByteBuffer.allocate(count).order(order);
    try {
      while (into.hasRemaining()) {
        if (channel.read(into, part.offset() + at + into.position()) < 0) {
          throw refuse(at + into.position(), "the file ends within " + what);
        }
      }
    } catch (IOException e) {
      throw new ConversionFailed(
          label,
          "cannot read " + what + " of " + part.name() + " at byte " + at,
          "check the disk that holds " + part.file(),
          Retry.WORTHWHILE,
          e);
    }
    return into.flip();
  }

  /** Takes the entries of a table one after the other. */
  interface Entries<E extends Exception> {
    /**
     * One entry.
     *
     * @param index in the table
     * @param at where the entry stands
     * @param from a buffer that holds it
     * @param position in that buffer
     */
    void entry(long index, long at, ByteBuffer from, int position) throws E;
  }

  /** Reads a table piece by piece. */
  <E extends Exception> void each(
      long at, long entries, int entrySize, ByteOrder order, String what, Entries<E> taker)
      throws E {
    long perPiece = PIECE / entrySize;
    for (long first = 0; first < entries; first += perPiece) {
      int count = (int) Math.min(perPiece, entries - first);
      ByteBuffer piece = read(at + first * entrySize, count * entrySize, order, what);
      for (int i = 0; i < count; i++) {
        taker.entry(first + i, at + (first + i) * entrySize, piece, i * entrySize);
      }
    }
  }

  /** The refusal of what stands at a byte of the image. */
  HostileInput refuse(long at, String what) {
    return refuse(at, what, AGAIN);
  }

  HostileInput refuse(long at, String what, String remedy) {
    return new HostileInput(part.file(), part.offset() + at, part.name() + ": " + what, remedy);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
