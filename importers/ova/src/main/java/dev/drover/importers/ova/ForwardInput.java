package dev.drover.importers.ova;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;

/** Bytes in order; what is not needed is skipped. */
interface ForwardInput extends Closeable {
  /** How many bytes are behind. */
  long position();

  /**
   * Fills the array.
   *
   * @return the number of bytes, less than the array's length only at the end
   */
  int read(byte[] into) throws IOException;

  /**
   * Moves on.
   *
   * @throws EOFException when there are fewer bytes
   */
  void skip(long count) throws IOException;
}
