package dev.drover.batch.run;

import dev.drover.batch.evidence.RunSummary;
import dev.drover.batch.ledger.VmRecord;
import dev.drover.batch.run.Runs.Task;
import dev.drover.batch.steps.CopyLimits;
import dev.drover.batch.steps.LogContext;
import dev.drover.batch.steps.RunContext;
import dev.drover.batch.steps.VmSteps;
import dev.drover.mappings.failure.Failure;
import dev.drover.mappings.model.VmRef;
import dev.drover.mappings.plan.VmPlan;
import dev.drover.mappings.plan.Wave;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Runs the chosen waves one after the other, each in its window. Behind one that is not complete
 * none begins, unless the user asked for waves by name.
 */
final class WavesInOrder {
  private final JobDatabase database;
  private final Task task;
  private final Map<VmRef, VmRecord> known;
  private final StatusBoard board;
  private final RunTold told;

  /**
   * Of a run.
   *
   * @param known how the VMs stood when it began
   */
  WavesInOrder(
      JobDatabase database,
      Task task,
      Map<VmRef, VmRecord> known,
      StatusBoard board,
      RunTold told) {
    this.database = database;
    this.task = task;
    this.known = known;
    this.board = board;
    this.told = told;
  }

  void run(Function<Wave, RunContext> contextOf) {
    for (Wave wave : task.chosen().waves()) {
      List<VmPlan> vms = wave.vms().stream().filter(vm -> task.isLeft(known, vm)).toList();
      if (vms.isEmpty() && task.chosen().waves().size() > 1 && isOfEarlierRuns(wave)) {
        continue;
      }
      RunContext context = contextOf.apply(wave);
      if (context.progress().cancelled()) {
        return;
      }
      if (!run(context, wave.with(vms), beginning(wave, vms.size()))) {
        tellOfWavesBehind(wave);
        return;
      }
    }
  }

  /** Answers whether the waves behind it may begin. */
  private boolean run(RunContext context, Wave left, String beginning) {
    Consumer<Failure> problem = failure -> told.problem(left, failure);
    try (LogContext lines = LogContext.ofWave(context);
        CopyLimits limits = context.limits().watching()) {
      if (!task.window().isOpen(left, left.vms(), problem)) {
        return false;
      }
      told.message(beginning);
      boolean complete = new WaveJob(database, VmSteps.all(), board, problem).run(context, left);
      return complete || task.wavesByName() || context.progress().cancelled();
    }
  }

  private static String beginning(Wave wave, int left) {
    int all = wave.vms().size();
    return "wave "
        + wave.name()
        + " begins: "
        + left
        + (left == 1 ? " VM" : " VMs")
        + " to move"
        + (left == all ? "" : ", " + (all - left) + " moved before");
  }

  /** Whether all of the wave was moved by earlier runs, so that its hooks have run as well. */
  private boolean isOfEarlierRuns(Wave wave) {
    return wave.vms().stream()
        .map(vm -> known.get(vm.ref()))
        .allMatch(record -> record != null && !record.runId().equals(task.run().id()));
  }

  private void tellOfWavesBehind(Wave failed) {
    List<String> behind =
        task.chosen().waves().stream()
            .dropWhile(wave -> !wave.name().equals(failed.name()))
            .skip(1)
            .filter(wave -> wave.vms().stream().anyMatch(vm -> task.isLeft(known, vm)))
            .map(Wave::name)
            .toList();
    for (String name : behind) {
      told.keep(
          new RunSummary.Problem(
              name,
              "not begun, because wave " + failed.name() + " is not complete",
              "mend what failed and run \"drover resume\", or ask for it with --wave " + name));
    }
    if (!behind.isEmpty()) {
      told.message(
          "wave " + failed.name() + " is not complete; not begun: " + String.join(", ", behind));
    }
  }
}
