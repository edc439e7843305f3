package dev.drover.batch.cli;

import dev.drover.mappings.inventory.InventoryReader;
import dev.drover.mappings.plan.PlanDraft;
import dev.drover.mappings.plan.PlanInputs;
import dev.drover.mappings.plan.PlanKept;
import dev.drover.mappings.plan.SourceSpec;
import dev.drover.mappings.plan.TargetSpec;
import dev.drover.mappings.waves.WavePlan;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** A first plan in waves. */
final class PlannedFirst {
  private final Session session;
  private final TargetSpec target;

  PlannedFirst(Session session, TargetSpec target) {
    this.session = session;
    this.target = target;
  }

  void write(PlanOptions options, Instant now) {
    PlanEstate estate = PlanEstate.of(options.inputs("", null), now);
    PlanDraft draft = new PlanDraft(sources(options.inventory()));
    TwoPasses read = estate.read(draft);
    PlanInputs inputs = options.inputs(read.digest(), null);
    WavePlan plan = estate.plan(read, List.of());
    int copies = estate.files().policy().policy().waves().caps().copies();
    OutputFiles.Text text =
        (to, beside) -> {
          String head = draft.head(options.name(), target, inputs);
          PlanDraft.check(head, plan);
          to.write(head);
          draft.waves(plan, PlanKept.NONE, copies, to, beside);
        };
    WavesText told = new WavesText(session.terminal());
    told.problems(read.ofSources());
    told.problems(plan.problems());
    if (options.isPrinted()) {
      PlanCommand.print(session, text);
    } else {
      new OutputFiles("plan", options.file(), Set.of(), options.force()).write(text);
      told.waves(plan);
      if (inputs.rates() != null) {
        told.measured(estate.files().rates());
      }
      PlanCommand.wrote(session, options.file());
    }
  }

  static List<SourceSpec> sources(Path inventory) {
    try (InventoryReader reader = InventoryReader.open(inventory)) {
      return List.copyOf(reader.sources());
    }
  }
}
