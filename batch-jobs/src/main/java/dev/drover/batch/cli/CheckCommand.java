package dev.drover.batch.cli;

import dev.drover.batch.cli.terminal.SafeText;
import dev.drover.batch.cli.terminal.Style;
import dev.drover.batch.cli.terminal.Table;
import dev.drover.batch.cli.terminal.Terminal;
import dev.drover.importers.api.SourceCheck;
import dev.drover.importers.api.VmSource;
import dev.drover.mappings.failure.Failure;
import dev.drover.mappings.model.Finding;
import dev.drover.mappings.plan.SourceSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "check",
    description = {
      "Asks sources whether what Drover does there is going to work: whether they answer, which"
          + " version they are, which privileges are missing, whether clocks agree.",
      "Nothing is changed. The exit code is 3 when something that Drover needs is missing."
    },
    footer = {
      "Examples:",
      "  drover check --source dc1=vsphere:https://vcenter.example --credentials env:DC1",
      "  drover check --source dc1=vsphere:https://vcenter.example --tls-thumbprint SHA256:…"
    })
final class CheckCommand implements Callable<Integer> {
  private final Session session;

  @Mixin private SourceOptions sources = new SourceOptions();

  @Mixin private OutputFormat output = new OutputFormat();

  CheckCommand(Session session) {
    this.session = session;
  }

  /**
   * What {@code -o json} prints of a source.
   *
   * @param problem why it cannot be asked, with its remedy; null where it answers
   */
  record Checked(
      String source,
      boolean passed,
      String about,
      List<SourceCheck.Line> checks,
      @Nullable String problem,
      @Nullable String remedy) {}

  @Override
  public Integer call() {
    List<Checked> all = sources.specs(Map.of()).stream().map(this::check).toList();
    if (output.isJson()) {
      JsonOutput.print(session.terminal(), "SourceChecks", Map.of("sources", all));
    }
    return all.stream().allMatch(Checked::passed) ? ExitCodes.DONE : ExitCodes.ENVIRONMENT;
  }

  private Checked check(SourceSpec spec) {
    try (VmSource source = session.open(spec)) {
      SourceCheck.Report report =
          source instanceof SourceCheck checked
              ? checked.check()
              : new SourceCheck.Report("can be opened", List.of());
      if (!output.isJson()) {
        print(spec, report);
      }
      return new Checked(spec.name(), report.passed(), report.about(), report.lines(), null, null);
    } catch (Failure e) {
      if (!output.isJson()) {
        new FailureText(session).report(e);
      }
      return new Checked(
          spec.name(), false, "", List.of(), e.subject() + ": " + e.what(), e.remedy());
    }
  }

  private void print(SourceSpec spec, SourceCheck.Report report) {
    Terminal terminal = session.terminal();
    terminal.out().println(SafeText.line(spec.name() + ": " + report.about()));
    if (!report.lines().isEmpty()) {
      print(report);
    }
  }

  private void print(SourceCheck.Report report) {
    Table table =
        new Table(
            Table.Column.text("CHECK"), Table.Column.text("RESULT"), Table.Column.text("OUTCOME"));
    List<Finding> findings = new ArrayList<>();
    for (SourceCheck.Line line : report.lines()) {
      table.row(line.subject(), result(line.finding()), line.outcome());
      if (line.finding() != null) {
        findings.add(line.finding());
      }
    }
    table.print(session.terminal());
    if (!findings.isEmpty()) {
      session.terminal().out().println();
      new FailureText(session).findings(findings);
    }
  }

  private static Table.Cell result(@Nullable Finding finding) {
    if (finding == null) {
      return new Table.Cell("ok", Style.GREEN);
    }
    return switch (finding.severity()) {
      case BLOCKER -> new Table.Cell("missing", Style.RED);
      case WARNING -> new Table.Cell("warning", Style.YELLOW);
      case INFO -> new Table.Cell("unknown", Style.DIM);
    };
  }
}
