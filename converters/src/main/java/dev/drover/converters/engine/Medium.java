package dev.drover.converters.engine;

import dev.drover.mappings.disk.BlockReader;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A place of fixed size that is there already and is written over: a block device, a disk that an
 * NBD server gives out. Bytes go anywhere, in any order. Its {@code toString} is what the user
 * calls it. Used by one thread at a time.
 */
public interface Medium extends BlockReader {
  /**
   * Writes what is between the buffer's position and limit; the buffer is the caller's again when
   * this returns. What fails later is thrown by a later call, at the latest by {@link #flush}.
   */
  void write(long offset, ByteBuffer data) throws IOException;

  /**
   * Makes a range read as zeros as cheaply as the medium can, giving the room back where it is able
   * to. Fails as {@link #write} does.
   */
  void zero(long offset, long length) throws IOException;

  /** Returns when all that was written so far is durable. */
  void flush() throws IOException;
}
