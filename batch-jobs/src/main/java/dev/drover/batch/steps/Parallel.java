package dev.drover.batch.steps;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Runs pieces of work side by side, in the log context of the thread that asks for it. */
final class Parallel {
  /** Disks of one VM at once; the wave's own limit is a semaphore over all VMs. */
  private static final int MOST = 8;

  private Parallel() {}

  /** Runs all to their end, then throws the first failure, the others behind it. */
  static void run(List<Runnable> work) {
    if (work.isEmpty()) {
      return;
    }
    if (work.size() == 1) {
      work.get(0).run();
      return;
    }
    ExecutorService threads = Executors.newFixedThreadPool(Math.min(work.size(), MOST));
    try {
      List<Future<?>> running = new ArrayList<>();
      for (Runnable one : work) {
        running.add(threads.submit(LogContext.carried(one)));
      }
      throwFirst(running);
    } finally {
      threads.shutdown();
      awaitEnd(threads);
    }
  }

  /** Nobody may close what the work still uses, so an interrupted thread waits as well. */
  private static void awaitEnd(ExecutorService threads) {
    boolean interrupted = false;
    while (!threads.isTerminated()) {
      try {
        threads.awaitTermination(1, TimeUnit.MINUTES);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static void throwFirst(List<Future<?>> running) {
    RuntimeException first = null;
    for (Future<?> one : running) {
      RuntimeException failure = failureOf(one);
      if (first == null) {
        first = failure;
      } else if (failure != null && failure != first) {
        first.addSuppressed(failure);
      }
    }
    if (first != null) {
      throw first;
    }
  }

  private static @Nullable RuntimeException failureOf(Future<?> one) {
    try {
      one.get();
      return null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Cancelled("the work on the disks");
    } catch (ExecutionException e) {
      return e.getCause() instanceof RuntimeException known
          ? known
          : new IllegalStateException(e.getCause());
    }
  }
}
