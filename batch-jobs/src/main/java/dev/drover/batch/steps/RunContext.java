package dev.drover.batch.steps;

import dev.drover.batch.evidence.EvidenceFolder;
import dev.drover.batch.ledger.Ledger;
import dev.drover.mappings.model.Finding;
import dev.drover.mappings.model.VmRef;
import dev.drover.mappings.plan.MigrationPlan;
import dev.drover.mappings.progress.Progress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;

/**
 * What all VMs of a wave share.
 *
 * @param peers what stands outside: sources, target, copier
 * @param collisions blockers that only the look at all VMs together finds
 * @param diskSlots how many disks are copied at once over all VMs
 * @param limits of the rates of copies
 * @param readyTimeout how long a started VM may take to become ready
 * @param warnings is told what the user should know although nothing failed
 */
public record RunContext(
    String runId,
    String wave,
    MigrationPlan plan,
    Peers peers,
    Ledger ledger,
    EvidenceFolder evidence,
    HookCaller hooks,
    Progress progress,
    Map<VmRef, List<Finding>> collisions,
    Semaphore diskSlots,
    CopyLimits limits,
    Duration readyTimeout,
    Warnings warnings) {
  /** Is told, by several threads, what is not as it was meant to be. */
  @FunctionalInterface
  public interface Warnings {
    /** Of that VM, by the name that people know. */
    void tell(String vm, String text);
  }

  public RunContext {
    collisions = Map.copyOf(collisions);
  }

  /** What a hook's environment says of the run, whatever the VM. */
  public Map<String, String> facts() {
    return Map.of("DROVER_PLAN", plan.name(), "DROVER_RUN", runId, "DROVER_WAVE", wave);
  }

  /** Throws when somebody asked to stop. */
  public void stopIfCancelled(String subject) {
    if (progress.cancelled()) {
      throw new Cancelled(subject);
    }
  }
}
