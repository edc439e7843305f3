package dev.drover.batch.steps;

import dev.drover.kube.MigrationTarget.Health;
import dev.drover.mappings.failure.Retry;
import dev.drover.mappings.failure.TargetFailed;
import java.time.Duration;

/** Waits until the VM is what the plan wants it to be. */
final class CheckHealth implements VmStep {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
  private static final long LOOK_EVERY_MILLIS = 200;

  @Override
  public String name() {
    return "check";
  }

  @Override
  public void run(VmRun vm) {
    RunContext context = vm.context();
    String subject = "VirtualMachine " + vm.targetVm().path();
    long deadline = System.nanoTime() + context.readyTimeout().toNanos();
    Duration pause = FIRST_PAUSE;
    while (true) {
      Health health = context.peers().target().observe(vm.targetVm());
      if (health == Health.READY) {
        return;
      }
      if (health == Health.FAILED) {
        throw new TargetFailed(
            subject,
            "does not get ready by itself",
            "look at its events with: kubectl describe vm -n "
                + vm.targetVm().namespace()
                + " "
                + vm.targetVm().name());
      }
      if (System.nanoTime() > deadline) {
        throw new TargetFailed(
            subject,
            "is not ready after " + context.readyTimeout().toSeconds() + " s",
            "look at its events, then run \"drover resume\"",
            Retry.POINTLESS,
            null);
      }
      sleep(context, pause, subject);
      pause =
          pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0
              ? LONGEST_PAUSE
              : pause.multipliedBy(2);
    }
  }

  private static void sleep(RunContext context, Duration pause, String subject) {
    long end = System.nanoTime() + pause.toNanos();
    try {
      for (long left = pause.toNanos(); left > 0; left = end - System.nanoTime()) {
        context.stopIfCancelled(subject);
        Thread.sleep(Math.min(LOOK_EVERY_MILLIS, left / 1_000_000 + 1));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Cancelled(subject);
    }
  }
}
