package dev.drover.converters.file;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/**
 * Brings what was written to the disk while more is being decoded, so that the flush at the end is
 * short. The kernel by itself starts much later, and tells of a failed write only once: what fails
 * here is kept and thrown by {@link #await}.
 */
final class EarlyFlush {
  private static final long EVERY = 64 << 20;

  private final FileChannel channel;
  private long unflushed;
  private @Nullable Thread running;
  private volatile @Nullable IOException failure;

  EarlyFlush(FileChannel channel) {
    this.channel = channel;
  }

  /** So many bytes more were written. Throws what an earlier flush met. */
  void written(long bytes) throws IOException {
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
  void await() throws IOException {
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
