package dev.drover.batch.cli;

import dev.drover.batch.cli.terminal.ScreenText;
import dev.drover.batch.evidence.RunSummary;
import dev.drover.batch.evidence.VmEvidence;
import dev.drover.batch.run.MigrationRuns.Preview;
import dev.drover.batch.run.MigrationRuns.RolledBack;
import dev.drover.batch.run.RunListener;
import dev.drover.batch.run.RunRequest;
import dev.drover.importers.api.Discovery;
import dev.drover.importers.api.VmSnapshot;
import dev.drover.importers.api.VmSource;
import dev.drover.mappings.model.VmRef;
import dev.drover.mappings.plan.SourceSpec;
import dev.drover.mappings.progress.Progress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A command line on sources and runs that a test puts in. */
final class CliRun implements Runs {
  private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");

  final List<RunRequest> requests = new ArrayList<>();
  final List<SourceSpec> opened = new ArrayList<>();
  int openSources;
  List<Discovery> discoveries = List.of();
  List<Preview> previews = List.of();
  List<RolledBack> rolledBack = List.of();
  Supplier<RunSummary> summary = () -> summary("DONE");
  private ScreenText screen = ScreenText.pipe();

  CliRun on(ScreenText other) {
    screen = other;
    return this;
  }

  int execute(String... arguments) {
    return new CommandLines(new Session(screen.terminal(), this::open, this)).execute(arguments);
  }

  String out() {
    return screen.out();
  }

  String err() {
    return screen.err();
  }

  static RunSummary summary(String state, RunSummary.Vm... vms) {
    return new RunSummary(
        "drover.dev/v1alpha1",
        "RunSummary",
        "run-1",
        new VmEvidence.PlanRef("first", "abc"),
        state,
        NOON,
        NOON.plusSeconds(75),
        List.of(vms),
        Map.of(),
        List.of(),
        List.of(),
        75);
  }

  /** The same with a warning. */
  static RunSummary withWarning(RunSummary summary, String vm, String warning) {
    return new RunSummary(
        summary.apiVersion(),
        summary.kind(),
        summary.runId(),
        summary.plan(),
        summary.state(),
        summary.startedAt(),
        summary.endedAt(),
        summary.vms(),
        summary.tools(),
        List.of(),
        List.of(new RunSummary.Warning(vm, warning)),
        75);
  }

  /** The same with a wave that was not begun. */
  static RunSummary withProblem(RunSummary summary, String wave, String problem) {
    return new RunSummary(
        summary.apiVersion(),
        summary.kind(),
        summary.runId(),
        summary.plan(),
        summary.state(),
        summary.startedAt(),
        summary.endedAt(),
        summary.vms(),
        summary.tools(),
        List.of(new RunSummary.Problem(wave, problem, "mend it")),
        List.of(),
        75);
  }

  static RunSummary.Vm vm(String name, String state, @Nullable String step, @Nullable String why) {
    return new RunSummary.Vm(
        "wave-1",
        "ova/" + name,
        name,
        "default/" + name,
        state,
        step,
        why,
        why == null ? null : "do this");
  }

  private VmSource open(SourceSpec spec) {
    opened.add(spec);
    openSources++;
    return new VmSource() {
      @Override
      public Stream<Discovery> list() {
        return discoveries.stream();
      }

      @Override
      public VmSnapshot open(VmRef ref) {
        throw new AssertionError("an inventory opens no VM");
      }

      @Override
      public void close() {
        openSources--;
      }
    };
  }

  @Override
  public RunSummary run(RunRequest request, Progress progress, RunListener listener) {
    requests.add(request);
    return summary.get();
  }

  @Override
  public RunSummary resume(RunRequest request, Progress progress, RunListener listener) {
    requests.add(request);
    return summary.get();
  }

  @Override
  public List<RolledBack> rollback(RunRequest request, Progress progress, RunListener listener) {
    requests.add(request);
    return rolledBack;
  }

  @Override
  public List<Preview> dryRun(RunRequest request) {
    requests.add(request);
    return previews;
  }
}
