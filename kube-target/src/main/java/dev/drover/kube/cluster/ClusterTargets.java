package dev.drover.kube.cluster;

import dev.drover.kube.MigrationTarget;
import dev.drover.mappings.plan.TargetSpec;
import java.nio.file.Path;

/** Opens a cluster as a target. */
public final class ClusterTargets {
  private ClusterTargets() {}

  /**
   * Connects to the cluster.
   *
   * @param runId marks the objects of this run
   * @throws dev.drover.mappings.failure.EnvironmentFailed when the kubeconfig is wrong or the
   *     cluster does not answer
   */
  public static MigrationTarget open(TargetSpec.Kubernetes spec, String runId) {
    FindKubeconfig find =
        new FindKubeconfig(System.getenv(), Path.of(System.getProperty("user.home", "/")));
    return new ClusterTarget(new Connect(find).to(spec), Rendering.ofRun(runId), Patience.USUAL);
  }
}
