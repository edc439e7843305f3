package dev.drover.batch.run;

import dev.drover.batch.evidence.RunSummary;
import dev.drover.kube.MigrationTarget.ObjectRef;
import dev.drover.mappings.model.Finding;
import dev.drover.mappings.progress.Progress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Starts, goes on with and takes back runs. The only door to Spring. */
public final class MigrationRuns {
  private MigrationRuns() {}

  /**
   * Moves the chosen VMs, wave by wave. VMs that this plan has moved before are not touched. After
   * a wave in which a VM failed the next one is not begun, unless waves were asked for by name.
   *
   * @throws dev.drover.mappings.failure.Failure when the run cannot begin; a VM that fails is in
   *     the summary
   */
  public static RunSummary run(RunRequest request, Progress progress, RunListener listener) {
    return new Runs(Ports.REAL).run(request, progress, listener);
  }

  /**
   * Goes on with the latest run (of the request's plan, where it names one), with the plan as it
   * was when the run began.
   *
   * @throws dev.drover.mappings.failure.UsageFailed when nothing ever ran here
   */
  public static RunSummary resume(RunRequest request, Progress progress, RunListener listener) {
    return new Runs(Ports.REAL).resume(request, progress, listener);
  }

  /**
   * Removes what Drover made for the chosen VMs (at least one), and leaves the sources as they
   * were. A VM that has been taken back already is no problem.
   */
  public static List<RolledBack> rollback(
      RunRequest request, Progress progress, RunListener listener) {
    return new Rollback(Ports.REAL).of(request, progress, listener);
  }

  /** What a run would do; reads the sources and asks the target, changes nothing. */
  public static List<Preview> dryRun(RunRequest request) {
    return new DryRun(Ports.REAL).of(request);
  }

  /**
   * A VM that was taken back.
   *
   * @param problem null where it went well
   */
  public record RolledBack(
      String vm, String name, List<ObjectRef> removed, @Nullable String problem) {
    public RolledBack {
      removed = List.copyOf(removed);
    }
  }

  /**
   * What would become of a VM.
   *
   * @param target {@code namespace/name}, or empty where it cannot be mapped
   * @param moved whether it was moved before, so that a run leaves it alone; the findings then say
   *     what has changed since
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
      boolean moved,
      List<Finding> findings,
      List<String> manifests) {
    public Preview {
      findings = List.copyOf(findings);
      manifests = List.copyOf(manifests);
    }
  }
}
