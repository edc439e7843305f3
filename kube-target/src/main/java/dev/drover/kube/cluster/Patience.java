package dev.drover.kube.cluster;

import java.time.Duration;

/**
 * How long Drover waits for what a cluster does by itself, and how often it looks.
 *
 * @param firstPause between two looks; doubles up to {@code longestPause}
 * @param ready for a volume to be provisioned and its upload pod to run, image pull included
 * @param finished for a volume that has got its last byte; CDI may still resize it
 * @param gone for a deleted object, a guest's shutdown included
 * @param stall for an upload of which nothing is taken any more
 */
record Patience(
    Duration firstPause,
    Duration longestPause,
    Duration ready,
    Duration finished,
    Duration gone,
    Duration stall) {
  static final Patience USUAL =
      new Patience(
          Duration.ofMillis(100),
          Duration.ofSeconds(2),
          Duration.ofMinutes(15),
          Duration.ofMinutes(30),
          Duration.ofMinutes(10),
          Duration.ofMinutes(5));
}
