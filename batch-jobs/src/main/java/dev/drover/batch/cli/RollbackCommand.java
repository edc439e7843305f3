package dev.drover.batch.cli;

import dev.drover.batch.cli.terminal.SafeText;
import dev.drover.batch.cli.terminal.Style;
import dev.drover.batch.cli.terminal.Terminal;
import dev.drover.batch.run.MigrationRuns.RolledBack;
import dev.drover.batch.run.RunRequest;
import dev.drover.kube.MigrationTarget.ObjectRef;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "rollback",
    description = {
      "Removes what Drover made for VMs at the target, and leaves the source as it was before.",
      "Nothing is removed that Drover did not make."
    })
final class RollbackCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(index = "0", paramLabel = "PLAN", description = "The plan that moved the VMs.")
  private Path plan = Path.of("");

  @Option(
      names = "--vm",
      required = true,
      paramLabel = "NAME",
      description = "The VM to take back, as for \"drover run\". Can be given several times.")
  private List<String> vms = List.of();

  @Option(
      names = {"-y", "--yes"},
      description = "Do not ask. Without a terminal nothing is asked in any case.")
  private boolean yes;

  @Mixin private StateOptions state = new StateOptions();
  @Mixin private OutputFormat output = new OutputFormat();

  RollbackCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    if (!yes && !confirmed()) {
      session.terminal().err().println("nothing was changed");
      return ExitCodes.USAGE;
    }
    RunRequest request = new RunRequest(plan, List.of(), vms, state.repository());
    try (RunWatch watch = RunWatch.start(session)) {
      List<RolledBack> all = session.runs().rollback(request, watch.progress(), watch);
      watch.close();
      print(all);
      boolean allBack = all.stream().allMatch(r -> r.problem() == null);
      return allBack ? ExitCodes.DONE : ExitCodes.SOME_VMS_FAILED;
    }
  }

  /** What {@code -o json} prints. */
  record Report(List<RolledBack> vms) {}

  private boolean confirmed() {
    Terminal terminal = session.terminal();
    if (!terminal.attached().in() || !terminal.attached().err()) {
      return true;
    }
    terminal
        .err()
        .print(
            "Remove at the target what was made for "
                + SafeText.line(String.join(", ", vms))
                + ", disks included? [y/N] ");
    terminal.err().flush();
    try {
      String answer =
          new BufferedReader(new InputStreamReader(terminal.in(), StandardCharsets.UTF_8))
              .readLine();
      return answer != null && answer.strip().matches("(?i)y|yes");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void print(List<RolledBack> all) {
    Terminal terminal = session.terminal();
    if (output.isJson()) {
      JsonOutput.print(terminal, "Rollback", new Report(all));
      return;
    }
    for (RolledBack each : all) {
      String name = SafeText.line(each.name());
      if (each.problem() != null) {
        new FailureText(session).problem(each.name() + ": " + each.problem(), "");
        continue;
      }
      terminal
          .out()
          .println(name + ": " + terminal.styled("rolled back", Style.GREEN) + removed(each));
      for (ObjectRef object : each.removed()) {
        String where = object.namespace().isEmpty() ? "" : object.namespace() + "/";
        terminal
            .out()
            .println("  removed " + SafeText.line(object.kind() + " " + where + object.name()));
      }
    }
  }

  private static String removed(RolledBack each) {
    return each.removed().isEmpty() ? ", there was nothing to remove" : "";
  }
}
