package dev.drover.batch.steps;

import dev.drover.batch.evidence.EvidenceFolder;
import dev.drover.batch.ledger.Ledger;
import dev.drover.converters.DiskCopier;
import dev.drover.importers.api.VmSource;
import dev.drover.kube.MigrationTarget;
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
 * @param sources open sources by name
 * @param collisions blockers that only the look at all VMs together finds
 * @param diskSlots how many disks are copied at once over all VMs
 * @param readyTimeout how long a started VM may take to become ready
 */
public record RunContext(
    String runId,
    String wave,
    MigrationPlan plan,
    Map<String, VmSource> sources,
    MigrationTarget target,
    DiskCopier copier,
    Ledger ledger,
    EvidenceFolder evidence,
    HookCaller hooks,
    Progress progress,
    Map<VmRef, List<Finding>> collisions,
    Semaphore diskSlots,
    Duration readyTimeout) {
  public RunContext {
    sources = Map.copyOf(sources);
    collisions = Map.copyOf(collisions);
  }

  /** Throws when somebody asked to stop. */
  public void stopIfCancelled(String subject) {
    if (progress.cancelled()) {
      throw new Cancelled(subject);
    }
  }
}
