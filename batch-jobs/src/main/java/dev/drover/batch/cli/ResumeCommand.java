package dev.drover.batch.cli;

import dev.drover.batch.run.RunRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "resume",
    description = {
      "Goes on with the latest run that is not done: after Ctrl-C, a crash, a power cut, or when"
          + " what kept some VMs from moving has been mended.",
      "VMs that have arrived are not touched."
    })
final class ResumeCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "PLAN",
      description = "The plan of the run; default: the one that it began with.")
  private @Nullable Path plan;

  @Option(names = "--outside-window", description = "Begin waves outside their windows, too.")
  private boolean outsideWindow;

  @Mixin private EngineOption engine = new EngineOption();
  @Mixin private StateOptions state = new StateOptions();
  @Mixin private OutputFormat output = new OutputFormat();

  ResumeCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    RunRequest request =
        new RunRequest(
            plan, List.of(), List.of(), state.repository(), outsideWindow, engine.engine());
    return new WatchedRun(session, state)
        .run(watch -> session.runs().resume(request, watch.progress(), watch), output.isJson());
  }
}
