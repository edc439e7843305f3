package dev.drover.batch.run;

import dev.drover.batch.evidence.RunSummary;
import dev.drover.kube.MigrationTarget.ObjectRef;
import dev.drover.mappings.model.Finding;
import dev.drover.mappings.progress.Progress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Starts, goes on with and takes back runs. The only class that starts Spring. */
public final class MigrationRuns {
  private MigrationRuns() {}

  /**
   * Moves the chosen VMs. VMs that this plan has moved before are not touched.
   *
   * @throws dev.drover.mappings.failure.Failure when the run cannot begin; a VM that fails is in
   *     the summary
   */
  public static RunSummary run(RunRequest request, Progress progress, RunListener listener) {
    throw new UnsupportedOperationException(request + " " + progress + listener);
  }

  /** Goes on with the latest run that is not done. */
  public static RunSummary resume(RunRequest request, Progress progress, RunListener listener) {
    throw new UnsupportedOperationException(request + " " + progress + listener);
  }

  /**
   * Removes what Drover made for the chosen VMs (at least one), and leaves the sources as they
   * were.
   */
  public static List<RolledBack> rollback(
      RunRequest request, Progress progress, RunListener listener) {
    throw new UnsupportedOperationException(request + " " + progress + listener);
  }

  /** What a run would do; reads the sources and asks the target, changes nothing. */
  public static List<Preview> dryRun(RunRequest request) {
    throw new UnsupportedOperationException(request.toString());
  }

  /**
   * A VM that was taken back.
   *
   * @param problem null where it went well
   */
  public record RolledBack(
      String vm, String name, List<ObjectRef> removed, @Nullable String problem) {}

  /**
   * What would become of a VM.
   *
   * @param target {@code namespace/name}, or empty where it cannot be mapped
   * @param findings of importer, mapping and target together
   * @param manifests YAML documents that would be applied
   */
  public record Preview(
      String wave,
      String vm,
      String name,
      String target,
      long diskBytes,
      int disks,
      int nics,
      List<Finding> findings,
      List<String> manifests) {}
}
