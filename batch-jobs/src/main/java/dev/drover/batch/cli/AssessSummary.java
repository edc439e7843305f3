package dev.drover.batch.cli;

import dev.drover.batch.cli.terminal.SafeText;
import dev.drover.batch.cli.terminal.Style;
import dev.drover.batch.cli.terminal.Table;
import dev.drover.batch.cli.terminal.Table.Cell;
import dev.drover.batch.cli.terminal.Table.Column;
import dev.drover.batch.cli.terminal.Terminal;
import dev.drover.batch.report.Phrases;
import dev.drover.mappings.assess.CheckCatalogue;
import dev.drover.mappings.assess.EstateTotals;
import dev.drover.mappings.inventory.Notice;
import dev.drover.mappings.model.Disposition;
import dev.drover.mappings.model.Finding.Severity;
import dev.drover.mappings.report.Assessment;
import dev.drover.mappings.waves.WavePlan;
import java.util.Comparator;

/** An assessment in a screenful: the report has the rest. */
final class AssessSummary {
  private static final int FINDINGS = 8;
  private static final int WAVES = 6;

  private final Terminal terminal;

  AssessSummary(Terminal terminal) {
    this.terminal = terminal;
  }

  void print(Assessment assessment) {
    sources(assessment);
    dispositions(assessment.totals());
    findings(assessment.totals());
    gaps(assessment.totals());
    waves(assessment.waves());
    terminal
        .out()
        .println(
            "sizing: "
                + Phrases.count(assessment.sizing().nodes(), "node")
                + ", "
                + Phrases.count(assessment.sizing().cpus(), "CPU")
                + ", "
                + assessment.sizing().memory()
                + " memory, "
                + assessment.sizing().storage()
                + " storage");
    terminal
        .out()
        .println(
            "copying: "
                + Phrases.range(assessment.estimate().copy())
                + "; checks: "
                + Phrases.range(assessment.estimate().handsOn()));
    int unseen =
        assessment.unreadable().size()
            + assessment.notices().size()
            + assessment.profile().unseen().size();
    if (unseen > 0) {
      terminal.out().println("not seen: " + Phrases.count(unseen, "thing") + ", in the report");
    }
  }

  /** What is wrong with the sources as a whole makes every figure below wrong. */
  private void sources(Assessment assessment) {
    assessment.notices().stream()
        .map(Notice::finding)
        .filter(f -> CheckCatalogue.codes().contains(f.code()))
        .forEach(
            f ->
                terminal
                    .out()
                    .println(
                        terminal.styled(f.code(), Style.YELLOW)
                            + " "
                            + SafeText.line(f.what() + " (" + f.evidence() + "); " + f.remedy())));
  }

  private void dispositions(EstateTotals totals) {
    Table table =
        new Table(Column.whole("DISPOSITION"), Column.figure("VMS"), Column.figure("SHARE"));
    for (Disposition.Kind kind : Disposition.Kind.values()) {
      int vms = totals.dispositions().getOrDefault(kind, 0);
      if (vms > 0) {
        table.row(
            new Cell(Phrases.of(kind), style(kind)),
            Phrases.number(vms),
            Phrases.share(vms, totals.vms()));
      }
    }
    part(table);
  }

  private static Style style(Disposition.Kind kind) {
    return switch (kind) {
      case ready -> Style.GREEN;
      case remedy -> Style.YELLOW;
      case decision -> Style.RED;
      case retain, retire, rebuild -> Style.DIM;
    };
  }

  private void findings(EstateTotals totals) {
    Table table =
        new Table(
            Column.whole("SEVERITY"),
            Column.whole("CODE"),
            Column.figure("VMS"),
            Column.text("FINDING"));
    totals.findings().stream()
        .filter(f -> f.severity() != Severity.INFO)
        .sorted(
            Comparator.comparing(EstateTotals.FindingTotal::severity)
                .thenComparing(EstateTotals.FindingTotal::vms, Comparator.reverseOrder()))
        .limit(FINDINGS)
        .forEach(
            f ->
                table.row(
                    new Cell(
                        Phrases.of(f.severity()),
                        f.severity() == Severity.BLOCKER ? Style.RED : Style.YELLOW),
                    f.code(),
                    Phrases.number(f.vms()),
                    f.what()));
    part(table);
  }

  private void gaps(EstateTotals totals) {
    Table table =
        new Table(
            Column.text("STORAGE GAP"),
            Column.text("CLASS"),
            Column.whole("STATE"),
            Column.figure("VMS"),
            Column.figure("DATA"));
    totals
        .gaps()
        .forEach(
            g ->
                table.row(
                    Phrases.of(g.need()),
                    g.storageClass() == null ? "no class known" : g.storageClass(),
                    g.known() ? "cannot" : "not known",
                    Phrases.number(g.vms()),
                    g.size()));
    part(table);
  }

  private void waves(WavePlan plan) {
    Table table =
        new Table(
            Column.text("WAVE"),
            Column.figure("VMS"),
            Column.figure("DATA"),
            Column.whole("CUTOVER"),
            Column.text("WINDOW"));
    plan.waves().stream().limit(WAVES).forEach(w -> wave(table, w));
    if (!table.isEmpty()) {
      table.print(terminal);
    }
    int more = plan.waves().size() - WAVES;
    if (more > 0) {
      terminal.out().println("… and " + Phrases.count(more, "wave") + " more");
    }
    if (!plan.leftOut().isEmpty()) {
      terminal.out().println(Phrases.count(plan.leftOut().size(), "VM") + " in no wave");
    }
    plan.problems()
        .forEach(
            p ->
                terminal
                    .out()
                    .println(
                        terminal.styled("planning: ", Style.YELLOW)
                            + dev.drover.batch.cli.terminal.SafeText.line(
                                p.code() + " " + p.what())));
    terminal.out().println();
  }

  private static void wave(Table table, WavePlan.PlannedWave w) {
    WavePlan.Slot slot = w.slot();
    table.row(
        w.name(),
        w.load().vms(),
        w.load().data(),
        Phrases.range(w.downtime()),
        slot == null ? "no date" : Phrases.slot(slot.start(), slot.end()));
  }

  private void part(Table table) {
    if (!table.isEmpty()) {
      table.print(terminal);
      terminal.out().println();
    }
  }
}
