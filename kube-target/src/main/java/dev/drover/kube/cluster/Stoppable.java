package dev.drover.kube.cluster;

import dev.drover.mappings.failure.Retry;
import dev.drover.mappings.failure.TargetFailed;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Waits that end soon after somebody asked to stop. They ask again and again instead of being
 * interrupted: an interrupt closes files that other code of the same thread is at work on, the
 * embedded database's too.
 */
final class Stoppable {
  /** Between two questions. */
  static final Duration LOOK = Duration.ofMillis(200);

  private Stoppable() {}

  /**
   * The future's result.
   *
   * @throws CancellationException when somebody asked to stop, or interrupted this thread; the
   *     future is cancelled then
   * @throws TimeoutException when there is none in time
   */
  static <T> T get(CompletableFuture<T> future, Duration atMost, BooleanSupplier stop)
      throws ExecutionException, TimeoutException {
    long deadline = System.nanoTime() + atMost.toNanos();
    while (true) {
      long left = deadline - System.nanoTime();
      try {
        return future.get(Math.max(0, Math.min(LOOK.toNanos(), left)), TimeUnit.NANOSECONDS);
      } catch (TimeoutException e) {
        if (left <= 0) {
          throw e;
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw cancelled(future, "interrupted");
      }
      if (stop.getAsBoolean()) {
        throw cancelled(future, "stopped");
      }
    }
  }

  private static CancellationException cancelled(CompletableFuture<?> future, String why) {
    future.cancel(true);
    return new CancellationException(why);
  }

  /**
   * Sleeps.
   *
   * @throws TargetFailed when somebody asked to stop
   */
  static void sleep(String subject, Duration pause, BooleanSupplier stop) {
    long end = System.nanoTime() + pause.toNanos();
    try {
      for (long left = pause.toNanos(); left > 0; left = end - System.nanoTime()) {
        if (stop.getAsBoolean()) {
          throw stopped(subject, null);
        }
        TimeUnit.NANOSECONDS.sleep(Math.min(left, LOOK.toNanos()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw stopped(subject, e);
    }
  }

  /** What ends a wait; whoever asked for it knows, and makes no failure of it. */
  static TargetFailed stopped(String subject, @Nullable Exception cause) {
    return new TargetFailed(
        subject, "stopped while waiting", "run \"drover resume\"", Retry.WORTHWHILE, cause);
  }
}
