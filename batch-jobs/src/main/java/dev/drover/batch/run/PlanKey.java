package dev.drover.batch.run;

import dev.drover.mappings.model.Sha256;
import dev.drover.mappings.plan.MigrationPlan;
import dev.drover.mappings.plan.TargetSpec;
import java.nio.file.Path;

/** What stays the same of a plan when it is edited: its name and its target. */
final class PlanKey {
  /** The width of the ledger's column. */
  private static final int LONGEST = 300;

  private PlanKey() {}

  static String of(MigrationPlan plan) {
    String key = plan.name() + " to " + target(plan.target());
    if (key.length() <= LONGEST) {
      return key;
    }
    return key.substring(0, LONGEST - 65) + " " + Sha256.hex(key);
  }

  private static String target(TargetSpec spec) {
    if (spec instanceof TargetSpec.Directory directory) {
      return "directory " + Path.of(directory.path()).toAbsolutePath().normalize();
    }
    TargetSpec.Kubernetes cluster = (TargetSpec.Kubernetes) spec;
    return "kubernetes"
        + (cluster.kubeconfig() == null ? "" : " " + cluster.kubeconfig())
        + (cluster.context() == null ? "" : " " + cluster.context());
  }
}
