package dev.drover.batch.cli;

import dev.drover.batch.cli.terminal.Figures;
import dev.drover.batch.cli.terminal.SafeText;
import dev.drover.batch.cli.terminal.Style;
import dev.drover.batch.cli.terminal.Table;
import dev.drover.batch.cli.terminal.Terminal;
import dev.drover.batch.evidence.RunSummary;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Prints what a run did: a table, then for each VM that failed the step, why, and what to do, and
 * for each wave the same.
 */
final class SummaryText {
  private final Session session;
  private final String resume;

  /**
   * For the terminal of a session.
   *
   * @param resume the command that goes on
   */
  SummaryText(Session session, String resume) {
    this.session = session;
    this.resume = resume;
  }

  void print(RunSummary summary) {
    Terminal terminal = session.terminal();
    Table table =
        new Table(
            Table.Column.text("WAVE"),
            Table.Column.text("NAME"),
            Table.Column.text("TARGET"),
            Table.Column.whole("STATE"),
            Table.Column.whole("STEP"));
    for (RunSummary.Vm vm : summary.vms()) {
      table.row(
          vm.wave(),
          vm.name(),
          vm.target(),
          state(vm.state(), vm.problem()),
          vm.step() == null ? "" : vm.step());
    }
    table.print(terminal);
    for (RunSummary.Vm vm : summary.vms()) {
      if (vm.problem() != null) {
        new FailureText(session)
            .problem(
                vm.name() + (vm.step() == null ? "" : ", step " + vm.step()) + ": " + vm.problem(),
                vm.remedy() == null ? "" : vm.remedy());
      }
    }
    for (RunSummary.Problem problem : summary.problems()) {
      new FailureText(session)
          .problem(
              (problem.wave().isEmpty() ? "" : "wave " + problem.wave() + ": ") + problem.problem(),
              problem.remedy());
    }
    for (RunSummary.Warning warning : summary.warnings()) {
      new FailureText(session).warning(warning.vm() + ": " + warning.warning());
    }
    terminal.out().println(SafeText.line(lastLine(summary)));
  }

  private String lastLine(RunSummary summary) {
    long done =
        summary.vms().stream().filter(v -> v.state().equals("DONE") && v.problem() == null).count();
    String time = Figures.clock(Duration.ofMillis((long) (summary.seconds() * 1000)));
    return done
        + " of "
        + Figures.count(summary.vms().size(), "VM")
        + " done in "
        + time
        + (isResumable(summary) ? "; go on with: " + resume : "");
  }

  /** What was moved before and is broken since is no matter for a resume. */
  private static boolean isResumable(RunSummary summary) {
    return !summary.state().equals("DONE")
        && (!summary.problems().isEmpty()
            || summary.vms().stream().anyMatch(vm -> !vm.state().equals("DONE")));
  }

  /**
   * A state in the colour that it deserves.
   *
   * @param problem of a VM that is done says that it is not whole any more
   */
  static Table.Cell state(String state, @Nullable String problem) {
    if (state.equals("DONE") && problem != null) {
      return new Table.Cell("not whole", Style.RED);
    }
    return new Table.Cell(
        state.toLowerCase(java.util.Locale.ROOT).replace('_', ' '),
        switch (state) {
          case "DONE" -> Style.GREEN;
          case "FAILED" -> Style.RED;
          case "INTERRUPTED" -> Style.YELLOW;
          case "RUNNING" -> Style.CYAN;
          default -> null;
        });
  }
}
