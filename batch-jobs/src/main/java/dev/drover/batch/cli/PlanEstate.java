package dev.drover.batch.cli;

import dev.drover.mappings.plan.PlanDraft;
import dev.drover.mappings.plan.PlanInputs;
import dev.drover.mappings.waves.PlanWaves;
import dev.drover.mappings.waves.Planning;
import dev.drover.mappings.waves.WavePlan;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The waves of an inventory file, with all that they are made of. */
final class PlanEstate {
  private final PlanInputs inputs;
  private final PlanningFiles files;

  private PlanEstate(PlanInputs inputs, PlanningFiles files) {
    this.inputs = inputs;
    this.files = files;
  }

  /**
   * Reads what the plan is made of, but the inventory.
   *
   * @param now a window of the policy that is over by then is a mistake
   */
  static PlanEstate of(PlanInputs inputs, Instant now) {
    return new PlanEstate(
        inputs,
        PlanningFiles.read(
            path(inputs.policy()), path(inputs.profile()), path(inputs.rates()), now));
  }

  private static @Nullable Path path(@Nullable String text) {
    return text == null ? null : Path.of(text);
  }

  PlanningFiles files() {
    return files;
  }

  /** Reads and judges the VMs; {@code take} gets each of them. */
  TwoPasses read(Consumer<TwoPasses.Judged> take) {
    return TwoPasses.over(Path.of(inputs.inventory()), files, inputs.from(), take);
  }

  /** The same, with those that may move put into a draft. */
  TwoPasses read(PlanDraft draft) {
    return read(
        judged -> {
          if (judged.kept().stays() == null) {
            draft.add(judged.vm());
          }
        });
  }

  /** Plans what was read. */
  WavePlan plan(TwoPasses read, List<Planning.Earlier> earlier) {
    return PlanWaves.of(read.vms(), files.planning(inputs.from(), earlier));
  }
}
