package dev.drover.kube.cluster;

import dev.drover.kube.MigrationTarget;
import dev.drover.mappings.plan.TargetSpec;
import java.util.function.BooleanSupplier;

/** Opens a cluster as a target. */
public final class ClusterTargets {
  private ClusterTargets() {}

  /**
   * Connects to the cluster.
   *
   * @param runId marks the objects of this run
   * @param stop whether somebody asked to stop; waits end soon after that
   * @throws dev.drover.mappings.failure.EnvironmentFailed when the kubeconfig is wrong or the
   *     cluster does not answer
   */
  public static MigrationTarget open(
      TargetSpec.Kubernetes spec, String runId, BooleanSupplier stop) {
    FindKubeconfig find = FindKubeconfig.here();
    return new ClusterTarget(
        new Connect(find, Connect.FIRST_PAUSE_MILLIS).to(spec, stop),
        Rendering.ofRun(runId),
        Patience.USUAL.unless(stop));
  }
}
