package dev.drover.batch.cli;

import dev.drover.batch.cli.terminal.SafeText;
import dev.drover.batch.cli.terminal.Style;
import dev.drover.batch.cli.terminal.Table;
import dev.drover.batch.state.StateDirectory;
import dev.drover.importers.api.Leftover;
import dev.drover.importers.api.SourceLeftovers;
import dev.drover.importers.api.VmSource;
import dev.drover.mappings.failure.Failure;
import dev.drover.mappings.plan.SourceSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "clean",
    description = {
      "Removes from a source what runs of Drover left there when they were killed: snapshots that"
          + " carry Drover's name. What others made is not touched.",
      "A run that this state directory does not know may be under way on another machine: what it"
          + " made stays, unless the run is named."
    },
    footer = {
      "Examples:",
      "  drover clean --source dc1=vsphere:https://vcenter.example --dry-run",
      "  drover clean --source dc1=vsphere:https://vcenter.example --run 20261125-081500-1f3a"
    })
final class CleanCommand implements Callable<Integer> {
  private final Session session;

  @Mixin private SourceOptions sources = new SourceOptions();

  @Option(
      names = "--run",
      paramLabel = "ID",
      description =
          "Remove what this run made, wherever it ran; see first that it is over. Can be given"
              + " several times.")
  private List<String> runs = List.of();

  @Option(names = "--dry-run", description = "Say what would be removed, and remove nothing.")
  private boolean dryRun;

  @Mixin private StateFolder state = new StateFolder();
  @Mixin private OutputFormat output = new OutputFormat();

  CleanCommand(Session session) {
    this.session = session;
  }

  /** What {@code -o json} prints. */
  record Report(List<Result> leftovers) {}

  /**
   * What became of one.
   *
   * @param outcome {@code removed}, {@code would be removed}, {@code kept} or {@code failed}
   * @param why it was kept, or could not be removed; else null
   */
  record Result(
      String vm,
      String name,
      String what,
      String run,
      @Nullable Instant since,
      String outcome,
      @Nullable String why) {}

  @Override
  public Integer call() {
    List<Result> results = new ArrayList<>();
    for (SourceSpec spec : sources.specs(Map.of())) {
      try (VmSource source = session.open(spec)) {
        if (source instanceof SourceLeftovers made) {
          clean(made, results);
        }
      }
    }
    print(results);
    boolean failed = results.stream().anyMatch(result -> result.outcome().equals("failed"));
    return failed ? ExitCodes.SOME_VMS_FAILED : ExitCodes.DONE;
  }

  private void clean(SourceLeftovers source, List<Result> results) {
    List<Leftover> all;
    try (Stream<Leftover> found = source.leftovers()) {
      all = found.toList();
    }
    for (Leftover each : all) {
      String why = reasonToKeep(each.runId());
      if (why != null) {
        results.add(result(each, "kept", why));
      } else if (dryRun) {
        results.add(result(each, "would be removed", null));
      } else {
        results.add(remove(source, each));
      }
    }
  }

  private static Result remove(SourceLeftovers source, Leftover each) {
    try {
      source.remove(each);
      return result(each, "removed", null);
    } catch (Failure e) {
      return result(each, "failed", e.getMessage());
    }
  }

  /** Null where its run is over for certain, or the user says so. */
  private @Nullable String reasonToKeep(String runId) {
    if (runs.contains(runId)) {
      return null;
    }
    StateDirectory folder = new StateDirectory(state.path());
    if (!folder.runs().contains(runId)) {
      return "its run is not known in "
          + state.path()
          + " and may be under way elsewhere; where it is over: --run "
          + runId;
    }
    return folder.busy() ? "a run is at work here" + folder.holder() : null;
  }

  private static Result result(Leftover each, String outcome, @Nullable String why) {
    return new Result(
        each.vm().toString(), each.vmName(), each.what(), each.runId(), each.since(), outcome, why);
  }

  private void print(List<Result> results) {
    if (output.isJson()) {
      JsonOutput.print(session.terminal(), "Clean", new Report(results));
      return;
    }
    if (results.isEmpty()) {
      session.terminal().out().println("nothing of Drover's is left at the source");
      return;
    }
    Table table =
        new Table(
            Table.Column.text("NAME"), Table.Column.text("WHAT"), Table.Column.whole("OUTCOME"));
    for (Result each : results) {
      table.row(each.name(), each.what(), new Table.Cell(each.outcome(), style(each.outcome())));
    }
    table.print(session.terminal());
    for (Result each : results) {
      if (each.why() != null) {
        session
            .terminal()
            .out()
            .println(SafeText.line(each.name() + ", " + each.what() + ": " + each.why()));
      }
    }
  }

  private static @Nullable Style style(String outcome) {
    return switch (outcome) {
      case "removed" -> Style.GREEN;
      case "failed" -> Style.RED;
      default -> Style.YELLOW;
    };
  }
}
