package dev.drover.kube;

import dev.drover.kube.cluster.ClusterProfiles;
import dev.drover.mappings.failure.UsageFailed;
import dev.drover.mappings.plan.TargetSpec;
import dev.drover.mappings.profile.TargetProfile;

/**
 * Reads what a target can do. It is apart from {@link MigrationTarget}: nothing that moves a VM
 * needs it, and it needs no right to change anything.
 */
public final class TargetProfiles {
  private TargetProfiles() {}

  /**
   * Looks at a target.
   *
   * @throws dev.drover.mappings.failure.EnvironmentFailed when it cannot be reached
   * @throws dev.drover.mappings.failure.TargetFailed when it does not answer as an API server does;
   *     what it forbids is among the profile's unseen
   * @throws UsageFailed for a directory, which takes everything
   */
  public static TargetProfile read(TargetSpec spec) {
    if (spec instanceof TargetSpec.Kubernetes cluster) {
      return ClusterProfiles.read(cluster);
    }
    throw new UsageFailed(
        "the target",
        "only a cluster has a profile; a directory takes everything",
        "write kubernetes, or kubernetes:CONTEXT");
  }
}
