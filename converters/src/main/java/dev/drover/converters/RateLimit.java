package dev.drover.converters;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How many bytes of data a second may move: of a disk, or shared by all disks of a host or a wave.
 * The rate may be changed while copies run; known zeros cost nothing. Safe for use by several
 * threads.
 */
public final class RateLimit {
  /** As fast as it goes. */
  public static final RateLimit NONE = new RateLimit(0, null);

  private static final long LOOK_NANOS = 200_000_000L;

  private final @Nullable RateLimit wider;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private long bytesPerSecond;

  /** When all that was taken so far is paid for; System.nanoTime. */
  private long paidAt = System.nanoTime();

  private RateLimit(long bytesPerSecond, @Nullable RateLimit wider) {
    this.bytesPerSecond = bytesPerSecond;
    this.wider = wider;
  }

  /**
   * A limit.
   *
   * @param bytesPerSecond 0 for none
   */
  public static RateLimit of(long bytesPerSecond) {
    RateLimit limit = new RateLimit(0, null);
    limit.set(bytesPerSecond);
    return limit;
  }

  /** A narrower limit: what is taken from it is taken from this one as well. */
  public RateLimit within(long ownBytesPerSecond) {
    RateLimit narrow = new RateLimit(0, this);
    narrow.set(ownBytesPerSecond);
    return narrow;
  }

  /** Changes the rate from now on, also for those who wait. 0 for none. */
  public void set(long newBytesPerSecond) {
    if (newBytesPerSecond < 0) {
      throw new IllegalArgumentException("a rate of " + newBytesPerSecond);
    }
    if (this == NONE) {
      throw new UnsupportedOperationException("make a limit of your own");
    }
    lock.lock();
    try {
      long now = System.nanoTime();
      long owed = Math.max(0, paidAt - now);
      if (newBytesPerSecond == 0 || bytesPerSecond == 0) {
        paidAt = now;
      } else {
        paidAt = now + (long) ((double) owed * bytesPerSecond / newBytesPerSecond);
      }
      bytesPerSecond = newBytesPerSecond;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** The rate now; 0 for none. */
  public long bytesPerSecond() {
    lock.lock();
    try {
      return bytesPerSecond;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until so many bytes may pass. They are taken at once and paid for by the wait of whoever
   * comes next, so that a chunk may be larger than what a second allows.
   *
   * @param stop asked a few times a second; true ends the wait
   */
  public void take(long bytes, BooleanSupplier stop) throws InterruptedException {
    if (wider != null) {
      wider.take(bytes, stop);
    }
    if (this == NONE) {
      return;
    }
    lock.lock();
    try {
      while (bytesPerSecond > 0 && paidAt - System.nanoTime() > 0 && !stop.getAsBoolean()) {
        long left = changed.awaitNanos(Math.min(LOOK_NANOS, paidAt - System.nanoTime()));
        if (left > 0) {
          continue; // the rate was changed
        }
      }
      if (bytesPerSecond > 0) {
        long from = Math.max(paidAt, System.nanoTime());
        paidAt = from + (long) (bytes * 1e9 / bytesPerSecond);
      }
    } finally {
      lock.unlock();
    }
  }
}
