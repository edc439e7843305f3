package dev.drover.batch.run;

import dev.drover.mappings.failure.EnvironmentFailed;
import dev.drover.mappings.failure.Retry;
import dev.drover.mappings.failure.UsageFailed;
import dev.drover.mappings.model.Sha256;
import dev.drover.mappings.plan.MigrationPlan;
import dev.drover.mappings.plan.Wave;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;

/** The copy of a plan and of its waves' files that a run goes by, whatever becomes of the plan. */
final class PlanCopy {
  private PlanCopy() {}

  /**
   * Makes it.
   *
   * @param plan as it was read from the file
   * @throws UsageFailed where the file is not what was read any more
   */
  static void keep(MigrationPlan plan, Path file, Path copy, Function<Path, MigrationPlan> plans) {
    try {
      Files.createDirectories(copy.getParent());
      byte[] bytes = Files.readAllBytes(file);
      boolean alone = plan.waves().stream().allMatch(w -> w.vmsFile() == null);
      if (alone && !Sha256.hex(bytes).equals(plan.digest())) {
        throw changed(file);
      }
      for (Wave wave : plan.waves()) {
        String name = wave.vmsFile();
        if (name != null) {
          Path to = copy.resolveSibling(name);
          Files.createDirectories(to.getParent());
          Files.copy(file.resolveSibling(name), to);
        }
      }
      Files.write(copy, bytes);
      if (!alone && !plans.apply(copy).digest().equals(plan.digest())) {
        throw changed(file);
      }
    } catch (IOException e) {
      throw new EnvironmentFailed(
          copy.toString(),
          "cannot keep a copy of the plan",
          "see that the state directory can be written to and has space",
          Retry.POINTLESS,
          e);
    }
  }

  private static UsageFailed changed(Path file) {
    return new UsageFailed(
        file.toString(), "was changed while Drover read it", "run the command again");
  }
}
