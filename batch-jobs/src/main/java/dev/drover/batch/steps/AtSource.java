package dev.drover.batch.steps;

import dev.drover.importers.api.VmSource;
import dev.drover.mappings.model.Finding;
import dev.drover.mappings.model.PowerState;
import dev.drover.mappings.plan.Durations;
import dev.drover.mappings.plan.MigrationPlan;
import dev.drover.mappings.plan.SourceRule;
import dev.drover.mappings.plan.VmPlan;
import java.util.List;

/** Says beforehand what a run does to a VM that runs at its source. */
public final class AtSource {
  private AtSource() {}

  /** At most one finding; none for a VM that is off, and where a hook may stop it yet. */
  static List<Finding> findings(SourceRule rule, PowerState found, VmSource source) {
    if (found != PowerState.ON) {
      return List.of();
    }
    return switch (rule.running()) {
      case refuse -> List.of();
      case snapshot ->
          List.of(
              Finding.info(
                  "SRC-003",
                  "is a rehearsal: it goes on running at the source, and a snapshot of it is copied",
                  "take the copy back with \"drover rollback\" before the move itself"));
      case shutDown, powerOff ->
          List.of(
              source.power().isEmpty()
                  ? Finding.blocker(
                      "SRC-001",
                      "runs, and this kind of source cannot be told to stop it",
                      "shut it down at the source")
                  : Finding.info("SRC-002", stopping(rule), "see that its users know"));
    };
  }

  /** The same before a run, which refuses a VM that still runs after its hooks. */
  public static List<Finding> foreseen(
      MigrationPlan plan, VmPlan vm, PowerState found, VmSource source) {
    SourceRule rule = plan.sourceRule(vm);
    if (found != PowerState.ON || rule.running() != SourceRule.WhenRunning.refuse) {
      return findings(rule, found, source);
    }
    String remedy = "let the plan stop it (source: {whenRunning: shutDown}), or shut it down";
    return List.of(
        plan.hooks().beforeVm().isEmpty()
            ? Finding.blocker("SRC-004", "is running at the source", remedy)
            : Finding.warning("SRC-004", "is running, unless a beforeVm hook stops it", remedy));
  }

  private static String stopping(SourceRule rule) {
    String text =
        "runs at the source, and is shut down there before its disks are copied, within "
            + Durations.format(rule.limit());
    return rule.running() == SourceRule.WhenRunning.powerOff
        ? text + "; after that its power is cut"
        : text;
  }
}
