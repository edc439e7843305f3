package dev.drover.batch.cli;

import java.time.Duration;

/** Ends this process, whatever still holds on to it. */
final class LastExit {
  /** All work is done and told by then; only libraries still close what they opened. */
  static final Duration PATIENCE = Duration.ofSeconds(20);

  private LastExit() {}

  /**
   * Ends it with that code. A library may wait for ever in its shutdown: H2 tries again and again
   * to close a database whose disk is full. What it has not written by then it would not write, and
   * a process that was killed goes on with {@code drover resume} all the same.
   */
  static void with(int code, Duration patience) {
    Thread guard =
        new Thread(
            () -> {
              try {
                Thread.sleep(patience.toMillis());
              } catch (InterruptedException e) {
                // Then at once.
              }
              Runtime.getRuntime().halt(code);
            },
            "last-exit");
    guard.setDaemon(true);
    guard.start();
    System.exit(code);
  }
}
