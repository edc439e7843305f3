package dev.drover.kube;

import dev.drover.mappings.plan.TargetSpec;

/** Opens the target that a plan names. */
public final class MigrationTargets {
  private MigrationTargets() {}

  /**
   * Opens a target.
   *
   * @param runId marks the objects of this run
   * @throws dev.drover.mappings.failure.EnvironmentFailed when it cannot be reached
   */
  public static MigrationTarget open(TargetSpec spec, String runId) {
    throw new UnsupportedOperationException(spec + " " + runId);
  }
}
