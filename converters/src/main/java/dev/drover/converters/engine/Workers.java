package dev.drover.converters.engine;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads that decode, compress and hash for all copies of this process: one a core. What is
 * given to them never waits for anything else, so that they cannot block each other.
 */
final class Workers {
  static final int COUNT = Math.max(2, Runtime.getRuntime().availableProcessors());

  private static final AtomicInteger NUMBER = new AtomicInteger();

  static final ExecutorService POOL =
      Executors.newFixedThreadPool(COUNT, task -> daemon(task, "drover-worker"));

  private Workers() {}

  /** A thread that does not keep the process alive. */
  static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name + "-" + NUMBER.incrementAndGet());
    thread.setDaemon(true);
    return thread;
  }
}
