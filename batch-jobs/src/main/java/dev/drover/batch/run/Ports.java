package dev.drover.batch.run;

import dev.drover.batch.steps.Peers;
import dev.drover.converters.DiskCopier;
import dev.drover.converters.DiskCopiers;
import dev.drover.converters.Engine;
import dev.drover.importers.api.VmSource;
import dev.drover.importers.api.VmSources;
import dev.drover.kube.MigrationTarget;
import dev.drover.kube.MigrationTargets;
import dev.drover.kube.manifest.Manifest;
import dev.drover.kube.manifest.ManifestRenderer;
import dev.drover.mappings.model.Finding;
import dev.drover.mappings.model.VmRef;
import dev.drover.mappings.plan.MigrationPlan;
import dev.drover.mappings.plan.PlanReader;
import dev.drover.mappings.plan.SourceSpec;
import dev.drover.mappings.plan.TargetSpec;
import dev.drover.mappings.target.Collisions;
import dev.drover.mappings.target.TargetVm;
import dev.drover.mappings.target.TargetVmMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/** The doors to the other modules, so that a run can be tried on stand-ins. */
record Ports(
    Function<Path, MigrationPlan> plans,
    Function<SourceSpec, VmSource> sources,
    TargetOpener targets,
    CopierOpener copiers,
    Peers.Mapping mapping,
    Function<Collection<TargetVm>, Map<VmRef, List<Finding>>> collisions,
    Renderer renderer,
    Supplier<Map<String, String>> tools) {

  /** What Drover itself uses. */
  static final Ports REAL =
      new Ports(
          PlanReader::read,
          VmSources::open,
          MigrationTargets::open,
          DiskCopiers::open,
          TargetVmMapper::map,
          Collisions::among,
          Ports::render,
          DiskCopiers::tools);

  /**
   * Opens a target; see {@link MigrationTargets#open(TargetSpec, String, Set, BooleanSupplier)}.
   */
  @FunctionalInterface
  interface TargetOpener {
    MigrationTarget open(TargetSpec spec, String runId, Set<String> earlier, BooleanSupplier stop);
  }

  /** Opens a copier; see {@link DiskCopiers#open(Path, Engine)}. */
  @FunctionalInterface
  interface CopierOpener {
    DiskCopier open(Path scratch, Engine engine);
  }

  /** Renders what would be applied. */
  @FunctionalInterface
  interface Renderer {
    List<Manifest> render(TargetVm vm, String runId);
  }

  private static List<Manifest> render(TargetVm vm, String runId) {
    List<Manifest> all = new ArrayList<>();
    vm.disks().forEach(disk -> all.add(ManifestRenderer.uploadVolume(vm, disk, runId)));
    all.add(ManifestRenderer.virtualMachine(vm, runId));
    return all;
  }
}
