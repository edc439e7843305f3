package dev.drover.batch.cli;

import dev.drover.batch.run.RunRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "run",
    description = {
      "Moves the VMs of a plan: copies and verifies their disks and creates them at the target.",
      "VMs that this plan has moved before are not touched. A VM that fails does not stop the"
          + " others. Ctrl-C or SIGTERM stops in good order; \"drover resume\" goes on."
    },
    footer = {
      "Examples:",
      "  drover run plan.yaml --dry-run",
      "  drover run plan.yaml --wave first --vm web-1"
    })
final class RunCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(index = "0", paramLabel = "PLAN", description = "A plan file.")
  private Path plan = Path.of("");

  @Option(
      names = "--wave",
      paramLabel = "NAME",
      description = "Only this wave. Can be given several times.")
  private List<String> waves = List.of();

  @Option(
      names = "--vm",
      paramLabel = "NAME",
      description =
          "Only this VM: its name at the source, SOURCE/ID, or its name at the target. Can be given"
              + " several times.")
  private List<String> vms = List.of();

  @Option(
      names = "--dry-run",
      description =
          "Tell what would be done and what is in the way; read the sources, ask the target,"
              + " change nothing. With -v also the manifests.")
  private boolean dryRun;

  @Option(names = "--outside-window", description = "Begin waves outside their windows, too.")
  private boolean outsideWindow;

  @Mixin private EngineOption engine = new EngineOption();
  @Mixin private StateOptions state = new StateOptions();
  @Mixin private OutputFormat output = new OutputFormat();

  RunCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    RunRequest request =
        new RunRequest(plan, waves, vms, state.repository(), outsideWindow, engine.engine());
    if (dryRun) {
      return new PreviewText(session).print(session.runs().dryRun(request), output.isJson());
    }
    return new WatchedRun(session, state)
        .run(watch -> session.runs().run(request, watch.progress(), watch), output.isJson());
  }
}
