package dev.drover.mappings.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/** Reads a disk as it stood at one instant. Not thread-safe unless an implementation says so. */
public interface BlockReader extends AutoCloseable {
  /** The virtual size in bytes. */
  long size();

  /**
   * What is known of a range, in order and without gaps. A reader that knows nothing answers with
   * one extent of data.
   *
   * @param offset at least 0
   * @param length at least 1; {@code offset + length} is at most {@link #size()}
   */
  List<Extent> extents(long offset, long length) throws IOException;

  /**
   * Fills {@code into} from its position to its limit.
   *
   * @throws IOException when the bytes cannot be had; never a short read
   */
  void read(long offset, ByteBuffer into) throws IOException;

  @Override
  void close() throws IOException;
}
