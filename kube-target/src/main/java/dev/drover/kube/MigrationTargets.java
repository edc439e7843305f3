package dev.drover.kube;

import dev.drover.kube.cluster.ClusterTargets;
import dev.drover.kube.directory.DirectoryTarget;
import dev.drover.mappings.plan.TargetSpec;

/** Opens the target that a plan names. */
public final class MigrationTargets {
  private MigrationTargets() {}

  /**
   * Opens a target.
   *
   * @param runId marks the objects of this run on a cluster; a folder's files do not name a run, so
   *     that two runs of one plan give the same files
   * @throws dev.drover.mappings.failure.EnvironmentFailed when it cannot be reached
   */
  public static MigrationTarget open(TargetSpec spec, String runId) {
    if (spec instanceof TargetSpec.Directory directory) {
      return DirectoryTarget.open(directory);
    }
    if (spec instanceof TargetSpec.Kubernetes cluster) {
      return ClusterTargets.open(cluster, runId);
    }
    throw new IllegalArgumentException("no such target: " + spec);
  }
}
