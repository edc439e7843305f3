package dev.drover.converters;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Writes a disk. Bytes that are never written read as zeros. Not thread-safe unless an
 * implementation says so; writes come in ascending order and do not overlap.
 */
public interface BlockWriter extends AutoCloseable {
  /**
   * Writes all that is between the buffer's position and limit, and moves the position there.
   *
   * @throws IOException or {@link dev.drover.mappings.failure.TargetFailed}; as for a range that
   *     lies before what was written last, or reaches beyond the disk
   */
  void write(long offset, ByteBuffer data) throws IOException;

  /** Makes a range read as zeros as cheaply as the target can. */
  void zero(long offset, long length) throws IOException;

  /** Returns when all that was written so far is durable. */
  void flush() throws IOException;

  /** The disk is whole: makes it durable and gives it its final name. */
  void commit() throws IOException;

  /**
   * Without a {@link #commit()} before, removes everything that was written; what cannot be removed
   * is left so that nobody takes it for a disk. Everything but a second close is refused from here
   * on.
   */
  @Override
  void close() throws IOException;
}
