package dev.drover.batch.run;

import dev.drover.batch.ledger.Ledger;
import dev.drover.batch.ledger.StepRecord;
import dev.drover.batch.steps.Cancelled;
import dev.drover.batch.steps.VmRun;
import dev.drover.batch.steps.VmStep;
import dev.drover.mappings.failure.Failure;
import dev.drover.mappings.failure.Retry;
import dev.drover.mappings.plan.RetryPolicy;
import dev.drover.mappings.progress.Progress;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tries a step until it succeeds, as often as the plan's policy allows; each try is in the ledger.
 */
final class StepAttempts {
  private static final Logger LOG = LoggerFactory.getLogger(StepAttempts.class);
  private static final Duration LONGEST_DELAY = Duration.ofHours(1);
  private static final long LOOK_EVERY_MILLIS = 100;

  private final Ledger ledger;
  private final String runId;
  private final RetryPolicy policy;
  private final Progress progress;

  StepAttempts(Ledger ledger, String runId, RetryPolicy policy, Progress progress) {
    this.ledger = ledger;
    this.runId = runId;
    this.policy = policy;
    this.progress = progress;
  }

  /**
   * Does the step.
   *
   * @throws Failure of the last try; {@link Cancelled} when somebody asked to stop, whatever the
   *     step made of that
   */
  void run(VmStep step, VmRun vm) {
    for (int attempt = 1; ; attempt++) {
      try {
        once(step, vm, attempt);
        return;
      } catch (Failure failure) {
        if (progress.cancelled() || failure instanceof Cancelled) {
          throw new Cancelled(vm.subject());
        }
        if (failure.retry() == Retry.POINTLESS || attempt >= policy.attempts()) {
          throw failure;
        }
        Duration delay = delayAfter(attempt);
        LOG.warn(
            "{} failed, attempt {} of {}, next in {} s: {}",
            step.name(),
            attempt,
            policy.attempts(),
            delay.toMillis() / 1000.0,
            failure.getMessage());
        // The view of the source may be what is broken.
        vm.close();
        pause(delay, vm.subject());
      }
    }
  }

  private void once(VmStep step, VmRun vm, int attempt) {
    Instant start = now();
    long id =
        ledger.stepBegins(
            vm.plan().ref(), new StepRecord(runId, step.name(), attempt, start, null, "running"));
    try {
      step.run(vm);
    } catch (RuntimeException | Error e) {
      noteEnd(id, e);
      throw e;
    }
    ledger.stepEnds(id, now(), "done");
  }

  /** What the step failed of is what is told, also where the ledger cannot be written any more. */
  private void noteEnd(long id, Throwable thrown) {
    String outcome = "failed: " + thrown;
    if (thrown instanceof Failure failure) {
      boolean stopped = progress.cancelled() || failure instanceof Cancelled;
      outcome = stopped ? "interrupted" : "failed: " + failure.subject() + ": " + failure.what();
    }
    try {
      ledger.stepEnds(id, now(), outcome);
    } catch (RuntimeException e) {
      thrown.addSuppressed(e);
    }
  }

  private Duration delayAfter(int attempt) {
    Duration delay = policy.delay();
    for (int i = 1; i < attempt && delay.compareTo(LONGEST_DELAY) < 0; i++) {
      delay = delay.multipliedBy(2);
    }
    return delay;
  }

  private void pause(Duration delay, String subject) {
    long end = System.nanoTime() + delay.toNanos();
    try {
      for (long left = delay.toNanos(); left > 0; left = end - System.nanoTime()) {
        if (progress.cancelled()) {
          throw new Cancelled(subject);
        }
        Thread.sleep(Math.min(LOOK_EVERY_MILLIS, left / 1_000_000 + 1));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Cancelled(subject);
    }
  }

  private static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MICROS);
  }
}
