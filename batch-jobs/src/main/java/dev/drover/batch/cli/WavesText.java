package dev.drover.batch.cli;

import dev.drover.batch.cli.terminal.Figures;
import dev.drover.batch.cli.terminal.SafeText;
import dev.drover.batch.cli.terminal.Style;
import dev.drover.batch.cli.terminal.Table;
import dev.drover.batch.cli.terminal.Table.Cell;
import dev.drover.batch.cli.terminal.Table.Column;
import dev.drover.batch.cli.terminal.Terminal;
import dev.drover.batch.report.Phrases;
import dev.drover.mappings.estimate.Rates;
import dev.drover.mappings.model.Finding;
import dev.drover.mappings.waves.PlanChanges;
import dev.drover.mappings.waves.WavePlan;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Planned waves in a screenful: the plan has the rest. */
final class WavesText {
  private static final int WAVES = 20;
  private static final int PROBLEMS = 20;
  private static final int REASONS = 10;
  private static final int CHANGES = 30;

  private final Terminal terminal;

  WavesText(Terminal terminal) {
    this.terminal = terminal;
  }

  void waves(WavePlan plan) {
    Table table =
        new Table(
            Column.text("WAVE"),
            Column.figure("VMS"),
            Column.figure("CPUS"),
            Column.figure("DATA"),
            Column.whole("TAKES"),
            Column.figure("NODES"),
            Column.text("WINDOW"));
    for (WavePlan.PlannedWave wave :
        plan.waves().subList(0, Math.min(WAVES, plan.waves().size()))) {
      WavePlan.Slot slot = wave.slot();
      table.row(
          wave.name(),
          wave.load().vms(),
          wave.load().cpus(),
          wave.load().data(),
          Phrases.range(wave.downtime()),
          wave.nodes(),
          slot == null ? "no date" : Phrases.slot(slot.start(), slot.end()));
    }
    table.print(terminal);
    more(plan.waves().size() - WAVES, "wave", terminal.out());
    leftOut(plan.leftOut());
  }

  private void leftOut(List<WavePlan.LeftOut> all) {
    if (all.isEmpty()) {
      return;
    }
    Map<String, Integer> reasons = new TreeMap<>();
    all.forEach(vm -> reasons.merge(vm.kind(), 1, Integer::sum));
    terminal.out().println();
    terminal.out().println("left out: " + Figures.count(all.size(), "VM"));
    reasons.entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
        .limit(REASONS)
        .forEach(
            r -> terminal.out().println("  " + r.getValue() + "  " + SafeText.line(r.getKey())));
    more(reasons.size() - REASONS, "reason", terminal.out());
  }

  /** What the times of the waves rest on, where it is more than the policy's assumptions. */
  void measured(Rates rates) {
    terminal.out().println();
    terminal.out().println("times rest on");
    rates.assumptions().forEach(a -> terminal.out().println("  " + SafeText.line(a)));
  }

  /** On standard error, since a plan may go to standard output. */
  void problems(List<Finding> problems) {
    for (Finding problem : problems.subList(0, Math.min(PROBLEMS, problems.size()))) {
      boolean blocks = problem.severity() == Finding.Severity.BLOCKER;
      String evidence = problem.evidence().isEmpty() ? "" : " (" + problem.evidence() + ")";
      terminal
          .err()
          .println(
              terminal.styledForErrors(problem.code(), blocks ? Style.RED : Style.YELLOW)
                  + " "
                  + SafeText.line(problem.what() + evidence + "; " + problem.remedy()));
    }
    more(problems.size() - PROBLEMS, "problem", terminal.err());
  }

  void changes(PlanChanges changes) {
    Table table =
        new Table(
            Column.text("VM"), Column.text("WAS IN"), Column.text("IS IN"), Column.text("WHY"));
    changes.changes().stream()
        .limit(CHANGES)
        .forEach(
            c ->
                table.row(
                    c.name(),
                    c.from() == null ? new Cell("new", Style.GREEN) : c.from(),
                    c.to() == null ? new Cell("none", Style.YELLOW) : c.to(),
                    c.why()));
    table.print(terminal);
    more(changes.changes().size() - CHANGES, "change", terminal.out());
    terminal
        .out()
        .println(
            Figures.count(changes.changes().size(), "VM")
                + " changed, "
                + Figures.count(changes.stayed(), "VM")
                + " stayed");
    terminal.out().println();
  }

  private static void more(int number, String what, PrintStream to) {
    if (number > 0) {
      to.println("… and " + Figures.count(number, what) + " more");
    }
  }
}
