package dev.drover.batch.run;

import dev.drover.batch.evidence.EvidenceFolder;
import dev.drover.batch.state.StateDirectory;
import dev.drover.mappings.plan.MigrationPlan;
import dev.drover.mappings.plan.TargetSpec;
import java.nio.file.Path;
import java.util.Map;

/** Where evidence goes: beside the disks of a directory, else into the state directory. */
final class EvidencePlace {
  private EvidencePlace() {}

  static EvidenceFolder of(MigrationPlan plan, StateDirectory state, Map<String, String> tools) {
    Path folder =
        plan.target() instanceof TargetSpec.Directory directory
            ? Path.of(directory.path()).resolve("evidence")
            : state.folder().resolve("evidence");
    return new EvidenceFolder(folder, tools);
  }
}
