package dev.drover.batch.cli;

import dev.drover.batch.cli.terminal.SafeText;
import dev.drover.batch.evidence.EvidenceMoved;
import dev.drover.mappings.failure.UsageFailed;
import dev.drover.mappings.model.VmRef;
import dev.drover.mappings.plan.MigrationPlan;
import dev.drover.mappings.plan.PlanAgain;
import dev.drover.mappings.plan.PlanDraft;
import dev.drover.mappings.plan.PlanInputs;
import dev.drover.mappings.plan.SourceSpec;
import dev.drover.mappings.plan.TargetSpec;
import dev.drover.mappings.plan.Wave;
import dev.drover.mappings.waves.PlanChanges;
import dev.drover.mappings.waves.Planning;
import dev.drover.mappings.waves.WavePlan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A plan that is planned again: what stands before its waves stays as it is. */
final class PlannedAgain {
  private static final String LEFT_OUT = "waves/left-out.txt";

  private final Session session;
  private final PlanAgain again;
  private final Path file;

  PlannedAgain(Session session, PlanAgain again, Path file) {
    this.session = session;
    this.again = again;
    this.file = file;
  }

  void write(PlanOptions options, @Nullable Path evidence, Instant now) {
    PlanInputs earlier = again.plan().planning();
    PlanEstate estate = PlanEstate.of(options.inputs("", earlier), now);
    List<SourceSpec> sources = PlannedFirst.sources(options.inventory());
    check(sources);
    PlanDraft draft = new PlanDraft(sources);
    TwoPasses read = estate.read(draft);
    Path folder = evidence == null ? usual(again.plan()) : evidence;
    Set<VmRef> moved = folder == null ? Set.of() : EvidenceMoved.read(folder);
    List<Planning.Earlier> waves = again.waves(moved, folder != null, now);
    WavePlan plan = estate.plan(read, waves);
    PlanInputs inputs = options.inputs(read.digest(), earlier);
    write(options, plan, draft, inputs, estate.files().policy().policy().waves().caps().copies());
    tell(options, plan, PlanChanges.between(waves, plan));
  }

  private void check(List<SourceSpec> sources) {
    Set<String> known =
        again.plan().sources().stream().map(SourceSpec::name).collect(Collectors.toSet());
    for (SourceSpec source : sources) {
      if (!known.contains(source.name())) {
        throw new UsageFailed(
            file.toString(),
            "the inventory has a source that the plan does not know: " + source.name(),
            "add it under sources: of the plan, or make the inventory of the plan's sources");
      }
    }
  }

  /** Where runs put the evidence; null where none ran. */
  private static @Nullable Path usual(MigrationPlan plan) {
    Path beside =
        plan.target() instanceof TargetSpec.Directory directory
            ? Path.of(directory.path()).resolve("evidence")
            : Path.of(".drover", "evidence");
    return Files.isDirectory(beside) ? beside : null;
  }

  private void write(
      PlanOptions options, WavePlan plan, PlanDraft draft, PlanInputs inputs, int copies) {
    Map<String, Wave.Limits> limits = new HashMap<>();
    again.plan().waves().forEach(w -> limits.put(w.name(), w.limits()));
    OutputFiles.Text text =
        (to, beside) -> {
          to.write(again.head(inputs));
          draft.waves(plan, again.vms(), limits, copies, to, beside);
        };
    if (options.isPrinted()) {
      PlanCommand.print(session, text);
      return;
    }
    boolean same = options.file().toAbsolutePath().equals(file.toAbsolutePath());
    if (!same && Files.exists(options.file()) && !options.force()) {
      throw OutputFiles.exists(options.file());
    }
    new OutputFiles("plan", options.file(), same ? files() : Set.of(), options.force()).write(text);
  }

  private Set<String> files() {
    return Stream.concat(
            Stream.of(LEFT_OUT),
            again.plan().waves().stream().flatMap(w -> Stream.ofNullable(w.vmsFile())))
        .collect(Collectors.toSet());
  }

  private void tell(PlanOptions options, WavePlan plan, PlanChanges changes) {
    WavesText told = new WavesText(session.terminal());
    told.problems(plan.problems());
    if (options.isPrinted()) {
      return;
    }
    told.changes(changes);
    windows(plan);
    session
        .terminal()
        .out()
        .println(
            "comments below \"waves:\" were written anew; yours, if any, are in the earlier version");
    told.waves(plan);
    PlanCommand.wrote(session, options.file());
  }

  private void windows(WavePlan plan) {
    for (WavePlan.PlannedWave wave : plan.waves()) {
      WavePlan.Slot slot = wave.slot();
      Wave.Window old = again.plan().wave(wave.name()).map(Wave::window).orElse(null);
      boolean differs =
          old != null
              && (slot == null || !old.start().toInstant().equals(slot.start().toInstant()));
      if (old != null && differs) {
        session
            .terminal()
            .out()
            .println(
                SafeText.line(wave.name())
                    + ": its window was "
                    + old.start()
                    + ", and is "
                    + (slot == null ? "none" : slot.start()));
      }
    }
  }
}
