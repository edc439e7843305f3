package dev.drover.batch.run;

import dev.drover.batch.steps.Peers;
import dev.drover.importers.api.VmSnapshot;
import dev.drover.importers.api.VmSource;
import dev.drover.mappings.failure.Failure;
import dev.drover.mappings.model.Finding;
import dev.drover.mappings.model.VmRef;
import dev.drover.mappings.plan.MigrationPlan;
import dev.drover.mappings.plan.VmPlan;
import dev.drover.mappings.progress.Progress;
import dev.drover.mappings.target.TargetVm;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A look at all VMs of a run together, before any of them moves.
 *
 * @param collisions blockers by VM
 * @param targets what the VMs are going to be: {@code namespace/name}
 */
record Together(Map<VmRef, List<Finding>> collisions, Map<VmRef, String> targets) {
  private static final Logger LOG = LoggerFactory.getLogger(Together.class);

  Together {
    collisions = Map.copyOf(collisions);
    targets = Map.copyOf(targets);
  }

  /** A VM that cannot be opened is left out; its own first step says why. */
  static Together look(
      Ports ports, MigrationPlan plan, Peers peers, Collection<VmPlan> vms, Progress progress) {
    List<TargetVm> targets = new ArrayList<>();
    for (VmPlan vm : vms) {
      if (progress.cancelled()) {
        return new Together(Map.of(), Map.of());
      }
      VmSource source = peers.sources().get(vm.ref().source());
      if (source == null) {
        continue;
      }
      try (VmSnapshot snapshot = source.open(vm.ref())) {
        TargetVm target = peers.mapping().map(snapshot.vm(), vm, plan).vm();
        if (target != null) {
          targets.add(target);
        }
      } catch (Failure e) {
        LOG.debug("{} cannot be opened", vm.ref(), e);
      }
    }
    Map<VmRef, String> paths = new HashMap<>();
    targets.forEach(target -> paths.put(target.source(), target.path()));
    return new Together(ports.collisions().apply(targets), paths);
  }
}
