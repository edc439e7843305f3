package dev.drover.converters.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/**
 * Writes, and brings what was written to the disk while more is being decoded, so that the flush at
 * the end is short. The kernel by itself starts much later, and tells of a failed write only once:
 * what fails here is kept and thrown by {@link #force}.
 */
public final class EarlyFlush {
  private static final long EVERY = 64 << 20;

  /**
   * Bytes a write at most. Linux makes one folio of the page cache of a larger one where it can,
   * and filling those was measured to take eight times as long (docs/performance.md).
   */
  private static final int CALL = 256 << 10;

  private final FileChannel channel;
  private long unflushed;
  private @Nullable Thread running;
  private volatile @Nullable IOException failure;

  /** Of a channel that its owner closes. */
  public EarlyFlush(FileChannel channel) {
    this.channel = channel;
  }

  /** Writes all that is between the buffer's position and limit, however little a call takes. */
  public void write(long offset, ByteBuffer data) throws IOException {
    int end = data.limit();
    for (long at = offset; data.position() < end; ) {
      data.limit(Math.min(end, data.position() + CALL));
      int n = channel.write(data, at);
      at += n;
      written(n);
    }
  }

  /** Returns when all that was written so far is durable. Throws what an earlier flush met. */
  public void force() throws IOException {
    await();
    channel.force(true);
  }

  /** So many bytes more were written. Throws what an earlier flush met. */
  private void written(long bytes) throws IOException {
    unflushed += bytes;
    Thread last = running;
    if (unflushed >= EVERY && (last == null || !last.isAlive())) {
      throwFailure();
      unflushed = 0;
      Thread next = new Thread(this::flush, "drover-flush");
      next.setDaemon(true);
      next.start();
      running = next;
    }
  }

  private void flush() {
    try {
      channel.force(false);
    } catch (ClosedChannelException e) {
      // the copy was given up
    } catch (IOException e) {
      failure = e;
    }
  }

  /** Waits for the flush that is under way. Throws what any of them met. */
  private void await() throws IOException {
    Thread last = running;
    boolean interrupted = false;
    while (last != null && last.isAlive()) {
      try {
        last.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    throwFailure();
  }

  private void throwFailure() throws IOException {
    IOException met = failure;
    if (met != null) {
      throw met;
    }
  }
}
