package dev.drover.batch.cli;

import dev.drover.batch.cli.terminal.SafeText;
import dev.drover.batch.report.Reports;
import dev.drover.batch.report.VmSpool;
import dev.drover.mappings.report.Assessment;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "assess",
    description = {
      "Tells what will break, what the target needs, in which waves, and how long it takes.",
      "Only files are read. The report is a folder: index.html opens in any browser and loads"
          + " nothing, report.xlsx is for spreadsheets, report.json for programs."
    },
    footer = {
      "Examples:",
      "  drover assess inventory.json -o report",
      "  drover assess inventory.json --profile target.yaml --policy policy.yaml -o report"
    })
final class AssessCommand implements Runnable {
  private final Session session;

  @Parameters(
      index = "0",
      paramLabel = "INVENTORY",
      description = "A file of \"drover inventory\".")
  private Path inventory = Path.of("");

  @Option(
      names = "--profile",
      paramLabel = "FILE",
      description = "What the target can do, of \"drover profile\". Without it that is unknown.")
  private @Nullable Path profile;

  @Option(
      names = "--policy",
      paramLabel = "FILE",
      description =
          "What you want of a migration; see \"drover schema policy --example\", which is what"
              + " holds without it.")
  private @Nullable Path policy;

  @Option(
      names = "--rates",
      paramLabel = "FOLDER",
      description = "Evidence of earlier runs: its measured speeds replace the assumed ones.")
  private @Nullable Path rates;

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "FOLDER",
      description = "The report's folder; an earlier report in it is replaced.")
  private Path output = Path.of("");

  AssessCommand(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    Reports.check(output);
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    PlanningFiles files = PlanningFiles.read(policy, profile, rates, now);
    Assessment assessment;
    try (VmSpool spool = VmSpool.create()) {
      assessment = new AssessEstate(inventory, files, now).into(spool);
      Reports.write(assessment, spool, VersionCommand.drover(), output);
    }
    new AssessSummary(session.terminal()).print(assessment);
    session
        .terminal()
        .out()
        .println("report written to " + SafeText.line(output.resolve("index.html").toString()));
  }
}
