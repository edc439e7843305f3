package dev.drover.kube;

import dev.drover.kube.cluster.ClusterTargets;
import dev.drover.kube.directory.DirectoryTarget;
import dev.drover.mappings.plan.TargetSpec;
import java.util.function.BooleanSupplier;

/** Opens the target that a plan names. */
public final class MigrationTargets {
  private MigrationTargets() {}

  /** The same, for work that nobody stops. */
  public static MigrationTarget open(TargetSpec spec, String runId) {
    return open(spec, runId, () -> false);
  }

  /**
   * Opens a target.
   *
   * @param runId marks the objects of this run on a cluster; a folder's files do not name a run, so
   *     that two runs of one plan give the same files
   * @param stop whether somebody asked to stop: whatever waits on a cluster then ends within about
   *     a second, and fails; asked by several threads
   * @throws dev.drover.mappings.failure.EnvironmentFailed when it cannot be reached
   */
  public static MigrationTarget open(TargetSpec spec, String runId, BooleanSupplier stop) {
    if (spec instanceof TargetSpec.Directory directory) {
      return DirectoryTarget.open(directory);
    }
    if (spec instanceof TargetSpec.Kubernetes cluster) {
      return ClusterTargets.open(cluster, runId, stop);
    }
    throw new IllegalArgumentException("no such target: " + spec);
  }
}
