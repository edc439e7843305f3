package dev.drover.kube;

import dev.drover.kube.cluster.ClusterTargets;
import dev.drover.kube.directory.DirectoryTarget;
import dev.drover.mappings.plan.TargetSpec;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** Opens the target that a plan names. */
public final class MigrationTargets {
  private MigrationTargets() {}

  /** The same, for work that nobody stops and that goes on with no other run's. */
  public static MigrationTarget open(TargetSpec spec, String runId) {
    return open(spec, runId, Set.of(), () -> false);
  }

  /**
   * Opens a target.
   *
   * @param runId marks the objects of this run on a cluster. What git sees of a folder does not
   *     name a run, so that two runs of one plan give the same files; a file beside the disks does
   * @param earlier ids of the runs that this one goes on with: a complete VM in a folder is safe
   *     from all others
   * @param stop whether somebody asked to stop: whatever waits on a cluster then ends within about
   *     a second, and fails; asked by several threads
   * @throws dev.drover.mappings.failure.EnvironmentFailed when it cannot be reached
   */
  public static MigrationTarget open(
      TargetSpec spec, String runId, Set<String> earlier, BooleanSupplier stop) {
    if (spec instanceof TargetSpec.Directory directory) {
      return DirectoryTarget.open(directory, runId, earlier);
    }
    if (spec instanceof TargetSpec.Kubernetes cluster) {
      return ClusterTargets.open(cluster, runId, stop);
    }
    throw new IllegalArgumentException("no such target: " + spec);
  }
}
