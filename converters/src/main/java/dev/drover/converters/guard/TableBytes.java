package dev.drover.converters.guard;

import dev.drover.converters.archive.SeekableParts;
import dev.drover.mappings.disk.FilePart;
import dev.drover.mappings.failure.ConversionFailed;
import dev.drover.mappings.failure.HostileInput;
import dev.drover.mappings.failure.Retry;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * The tables of an image whose bytes stand in one file as they are: read where they are asked for,
 * with one open file. Not thread-safe.
 */
final class TableBytes implements Closeable {
  /** A table is read in pieces of this size, however long it is. */
  static final int PIECE = 1 << 20;

  private final String label;
  private final SeekableParts parts;

  private TableBytes(String label, SeekableParts parts) {
    this.label = label;
    this.parts = parts;
  }

  /**
   * Opens parts without wrapping.
   *
   * @param label of the disk, for messages
   */
  static TableBytes open(String label, List<FilePart> parts) {
    try {
      return new TableBytes(label, SeekableParts.open(parts));
    } catch (IOException e) {
      throw new ConversionFailed(
          label,
          "cannot open " + parts.get(0).file(),
          "check that you may read it",
          Retry.WORTHWHILE,
          e);
    }
  }

  /** Bytes of the image. */
  long length() {
    return parts.length();
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
      parts.read(at, into);
    } catch (EOFException e) {
      throw refuse(at, "the file ends within " + what);
    } catch (IOException e) {
      throw new ConversionFailed(
          label,
          "cannot read " + what + " at byte " + at,
          "check the disk that holds the image",
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
    return parts.hostile(at, what);
  }

  HostileInput refuse(long at, String what, String remedy) {
    return parts.hostile(at, what, remedy);
  }

  @Override
  public void close() throws IOException {
    parts.close();
  }
}
