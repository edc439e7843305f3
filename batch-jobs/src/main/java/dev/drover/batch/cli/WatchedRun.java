package dev.drover.batch.cli;

import dev.drover.batch.evidence.RunSummary;
import java.util.function.Function;

/** Runs while the terminal shows how far it is and signals are obeyed, then prints the summary. */
final class WatchedRun {
  private final Session session;
  private final StateOptions state;

  WatchedRun(Session session, StateOptions state) {
    this.session = session;
    this.state = state;
  }

  int run(Function<RunWatch, RunSummary> work, boolean json) {
    RunSummary summary;
    try (RunWatch watch = RunWatch.start(session)) {
      summary = work.apply(watch);
    }
    if (json) {
      JsonOutput.print(session.terminal(), summary);
    } else {
      new SummaryText(session, state.resume()).print(summary);
    }
    return "DONE".equals(summary.state()) ? ExitCodes.DONE : ExitCodes.SOME_VMS_FAILED;
  }
}
