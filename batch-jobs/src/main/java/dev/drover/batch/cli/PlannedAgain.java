package dev.drover.batch.cli;

import dev.drover.batch.cli.terminal.Figures;
import dev.drover.batch.cli.terminal.SafeText;
import dev.drover.batch.evidence.EvidenceMoved;
import dev.drover.mappings.estimate.Rates;
import dev.drover.mappings.failure.UsageFailed;
import dev.drover.mappings.model.VmRef;
import dev.drover.mappings.plan.MigrationPlan;
import dev.drover.mappings.plan.PlanAgain;
import dev.drover.mappings.plan.PlanDraft;
import dev.drover.mappings.plan.PlanInputs;
import dev.drover.mappings.plan.PlanKept;
import dev.drover.mappings.plan.SourceSpec;
import dev.drover.mappings.plan.TargetSpec;
import dev.drover.mappings.plan.Wave;
import dev.drover.mappings.waves.PlanChanges;
import dev.drover.mappings.waves.Planning;
import dev.drover.mappings.waves.WavePlan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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
    PlanChanges changes = PlanChanges.between(waves, plan);
    boolean same = changes.changes().isEmpty() && windows(plan).isEmpty();
    if (same && earlier == null && options.isBare() && isThisFile(options)) {
      new WavesText(session.terminal()).problems(plan.problems());
      tellSame(changes);
      return;
    }
    PlanInputs inputs = options.inputs(read.digest(), earlier);
    write(
        options,
        plan,
        draft,
        same ? inputs.sinceBefore(earlier, now) : inputs,
        estate.files().policy().policy().waves().caps().copies());
    new WavesText(session.terminal()).problems(read.ofSources());
    tell(options, plan, changes, inputs.rates() == null ? null : estate.files().rates());
  }

  private boolean isThisFile(PlanOptions options) {
    return !options.isPrinted() && options.file().toAbsolutePath().equals(file.toAbsolutePath());
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
    PlanKept kept = again.kept();
    OutputFiles.Text text =
        (to, beside) -> {
          to.write(again.head(inputs));
          draft.waves(plan, kept, copies, to, beside);
        };
    if (options.isPrinted()) {
      PlanCommand.print(session, text);
      return;
    }
    boolean same = isThisFile(options);
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

  /**
   * Tells.
   *
   * @param measured null where the policy's assumptions hold
   */
  private void tell(
      PlanOptions options, WavePlan plan, PlanChanges changes, @Nullable Rates measured) {
    WavesText told = new WavesText(session.terminal());
    told.problems(plan.problems());
    if (options.isPrinted()) {
      return;
    }
    List<String> windows = windows(plan);
    if (changes.changes().isEmpty() && windows.isEmpty()) {
      tellSame(changes);
    } else {
      told.changes(changes);
      windows.forEach(session.terminal().out()::println);
      session
          .terminal()
          .out()
          .println(
              "what stands at VMs that stay is kept; other comments below \"waves:\" were written"
                  + " anew, and the earlier version has yours");
    }
    told.waves(plan);
    if (measured != null) {
      told.measured(measured);
    }
    PlanCommand.wrote(session, options.file());
  }

  private void tellSame(PlanChanges changes) {
    session
        .terminal()
        .out()
        .println("nothing moved: " + Figures.count(changes.stayed(), "VM") + " stay as they are");
  }

  /** What is to be said of windows that differ from the earlier plan's. */
  private List<String> windows(WavePlan plan) {
    List<String> told = new ArrayList<>();
    for (WavePlan.PlannedWave wave : plan.waves()) {
      WavePlan.Slot slot = wave.slot();
      Wave.Window old = again.plan().wave(wave.name()).map(Wave::window).orElse(null);
      boolean differs =
          old != null
              && (slot == null || !old.start().toInstant().equals(slot.start().toInstant()));
      if (old != null && differs) {
        told.add(
            SafeText.line(wave.name())
                + ": its window was "
                + old.start()
                + ", and is "
                + (slot == null ? "none" : slot.start()));
      } else if (old == null && slot != null && again.plan().wave(wave.name()).isPresent()) {
        told.add(SafeText.line(wave.name()) + ": it had no window, and has " + slot.start());
      }
    }
    return told;
  }
}
