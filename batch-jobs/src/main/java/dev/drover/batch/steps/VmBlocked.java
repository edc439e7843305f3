package dev.drover.batch.steps;

import dev.drover.mappings.failure.Failure;
import dev.drover.mappings.failure.Retry;
import dev.drover.mappings.model.Finding;
import java.util.List;
import java.util.stream.Collectors;

/** Findings keep a VM from being moved; nothing was done to it. */
public final class VmBlocked extends Failure {
  private static final long serialVersionUID = 1L;

  /**
   * All blockers at once.
   *
   * @param blockers at least one
   */
  public VmBlocked(String vm, List<Finding> blockers) {
    super(
        vm,
        blockers.stream()
            .map(f -> f.code() + " " + f.what() + evidence(f))
            .collect(Collectors.joining("; ")),
        blockers.stream().map(Finding::remedy).distinct().collect(Collectors.joining("; ")),
        Retry.POINTLESS,
        null);
  }

  private static String evidence(Finding finding) {
    return finding.evidence().isEmpty() ? "" : " (" + finding.evidence() + ")";
  }
}
