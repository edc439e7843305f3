package dev.drover.kube.cluster;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * How long Drover waits for what a cluster does by itself, and how often it looks.
 *
 * @param firstPause between two looks; doubles up to {@code longestPause}
 * @param ready for a volume to be provisioned and its upload pod to run, image pull included
 * @param finished for a volume that has got its last byte; CDI may still resize it
 * @param gone for a deleted object, a guest's shutdown included
 * @param stall for an upload of which nothing is taken any more
 * @param stop whether somebody asked to stop: every wait ends then, within about a second
 */
record Patience(
    Duration firstPause,
    Duration longestPause,
    Duration ready,
    Duration finished,
    Duration gone,
    Duration stall,
    BooleanSupplier stop) {
  static final Patience USUAL =
      new Patience(
          Duration.ofMillis(100),
          Duration.ofSeconds(2),
          Duration.ofMinutes(15),
          Duration.ofMinutes(30),
          Duration.ofMinutes(10),
          Duration.ofMinutes(5));

  /** One that nobody asks to stop. */
  Patience(
      Duration firstPause,
      Duration longestPause,
      Duration ready,
      Duration finished,
      Duration gone,
      Duration stall) {
    this(firstPause, longestPause, ready, finished, gone, stall, () -> false);
  }

  /** The same, until somebody asks to stop. */
  Patience unless(BooleanSupplier asked) {
    return new Patience(firstPause, longestPause, ready, finished, gone, stall, asked);
  }
}
