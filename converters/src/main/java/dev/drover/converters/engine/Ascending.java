package dev.drover.converters.engine;

import java.io.IOException;

/**
 * Holds the writes to a disk to their contract: ascending, without overlap, inside the disk, before
 * it is closed.
 */
final class Ascending {
  private final long size;
  private long end;
  private boolean closed;

  /**
   * Nothing is written yet.
   *
   * @param size of the disk, or -1 where only the last write tells
   */
  Ascending(long size) {
    this.size = size;
  }

  /** Takes a range as written. */
  void advance(long offset, long length) throws IOException {
    open();
    if (offset < end || length < 0 || (size >= 0 && offset > size - length)) {
      throw new IOException(
          "no place for " + length + " bytes at byte " + offset + " of a disk of " + size);
    }
    end = offset + length;
  }

  /** Everything before an offset is there already. */
  void skip(long offset) {
    end = offset;
  }

  /** Where the last range ended. */
  long end() {
    return end;
  }

  /** The size of the disk: as it was given, else whole sectors up to the last write's end. */
  long size() {
    return size < 0 ? Sectors.roundUp(end) : size;
  }

  /** Throws where nothing may be written any more. */
  void open() throws IOException {
    if (closed) {
      throw new IOException("the writer is closed");
    }
  }

  /** Nothing may be written any more. */
  void close() {
    closed = true;
  }
}
