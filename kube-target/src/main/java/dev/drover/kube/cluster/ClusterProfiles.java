package dev.drover.kube.cluster;

import dev.drover.mappings.plan.TargetSpec;
import dev.drover.mappings.profile.TargetProfile;

/** Reads the profile of a cluster. */
public final class ClusterProfiles {
  private ClusterProfiles() {}

  /**
   * Connects to the cluster and looks at it; nothing is changed there.
   *
   * @throws dev.drover.mappings.failure.EnvironmentFailed when the kubeconfig is wrong or the
   *     cluster does not answer
   * @throws dev.drover.mappings.failure.TargetFailed when it refuses other than by permission
   */
  public static TargetProfile read(TargetSpec.Kubernetes spec) {
    FindKubeconfig find = FindKubeconfig.here();
    try (Api api = new Connect(find, Connect.FIRST_PAUSE_MILLIS).to(spec, () -> false)) {
      return new ReadProfile(api).read(spec.context());
    }
  }
}
