package dev.drover.batch.run;

import dev.drover.mappings.failure.Failure;
import dev.drover.mappings.failure.UsageFailed;
import dev.drover.mappings.plan.VmPlan;
import dev.drover.mappings.plan.Wave;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Whether a wave may be begun now. One that was begun in time goes on behind its window's end. */
final class WaveWindow {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("EEE yyyy-MM-dd HH:mm VV", Locale.ROOT);

  private final boolean anyTime;
  private final Clock clock;

  WaveWindow(boolean anyTime) {
    this(anyTime, Clock.systemUTC());
  }

  WaveWindow(boolean anyTime, Clock clock) {
    this.anyTime = anyTime;
    this.clock = clock;
  }

  /**
   * Whether it may.
   *
   * @param left VMs that it still has to move; a wave without any may always end
   * @param problem is told why not
   */
  boolean isOpen(Wave wave, List<VmPlan> left, Consumer<Failure> problem) {
    Wave.Window window = wave.window();
    if (anyTime || window == null || left.isEmpty()) {
      return true;
    }
    Instant now = clock.instant();
    boolean early = now.isBefore(window.start().toInstant());
    if (!early && now.isBefore(window.end().toInstant())) {
      return true;
    }
    problem.accept(
        new UsageFailed(
            "its window",
            early
                ? "opens at " + TIME.format(window.start())
                : "closed at " + TIME.format(window.end()),
            (early
                    ? "run \"drover resume\" then"
                    : "give it a new window with \"drover plan --again\"")
                + ", or begin it all the same with --outside-window"));
    return false;
  }
}
