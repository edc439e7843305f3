package dev.drover.batch.steps;

import dev.drover.converters.DiskCopier;
import dev.drover.importers.api.VmSource;
import dev.drover.kube.MigrationTarget;
import dev.drover.mappings.model.SourceVm;
import dev.drover.mappings.plan.MigrationPlan;
import dev.drover.mappings.plan.VmPlan;
import dev.drover.mappings.target.MappedVm;
import java.util.Map;

/**
 * What the steps work with.
 *
 * @param sources open sources by their name in the plan
 */
public record Peers(
    Map<String, VmSource> sources, MigrationTarget target, DiskCopier copier, Mapping mapping) {
  public Peers {
    sources = Map.copyOf(sources);
  }

  /** Makes of a VM at the source the VM at the target; pure. */
  @FunctionalInterface
  public interface Mapping {
    /** What cannot be mapped is a finding. */
    MappedVm map(SourceVm vm, VmPlan vmPlan, MigrationPlan plan);
  }
}
