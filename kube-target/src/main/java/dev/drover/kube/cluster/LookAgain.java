package dev.drover.kube.cluster;

import dev.drover.mappings.failure.Retry;
import dev.drover.mappings.failure.TargetFailed;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** Looks at the cluster again and again, less and less often, until there is an answer. */
final class LookAgain {
  private final Patience patience;

  LookAgain(Patience patience) {
    this.patience = patience;
  }

  /**
   * The answer.
   *
   * @param look empty as long as there is none; what it throws ends the wait
   * @param stillWaiting why there is none yet, asked once when the time is up
   * @throws TargetFailed when there is none in time, or somebody asked to stop
   */
  <T> T until(
      String subject, Duration atMost, Supplier<Optional<T>> look, Supplier<String> stillWaiting) {
    long deadline = System.nanoTime() + atMost.toNanos();
    Duration pause = patience.firstPause();
    while (true) {
      Optional<T> answer = look.get();
      if (answer.isPresent()) {
        return answer.get();
      }
      if (System.nanoTime() > deadline) {
        throw new TargetFailed(
            subject,
            "nothing for " + atMost.toSeconds() + " s: " + stillWaiting.get(),
            "look at the namespace's pods and events, then run \"drover resume\"",
            Retry.WORTHWHILE,
            null);
      }
      Stoppable.sleep(subject, pause, patience.stop());
      Duration twice = pause.multipliedBy(2);
      pause = twice.compareTo(patience.longestPause()) > 0 ? patience.longestPause() : twice;
    }
  }
}
