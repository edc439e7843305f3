package dev.drover.batch.steps;

import dev.drover.mappings.failure.Failure;
import dev.drover.mappings.failure.Retry;
import dev.drover.mappings.model.Finding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Findings keep a VM from being moved; nothing was done to it. Several are told a line each, under
 * a line that counts them.
 */
public final class VmBlocked extends Failure {
  private static final long serialVersionUID = 1L;

  /**
   * All blockers at once.
   *
   * @param blockers at least one
   */
  public VmBlocked(String vm, List<Finding> blockers) {
    super(vm, what(blockers), remedy(blockers), Retry.POINTLESS, null);
  }

  private static String what(List<Finding> blockers) {
    String lines =
        blockers.stream()
            .map(f -> f.code() + " " + f.what() + evidence(f))
            .collect(Collectors.joining("\n"));
    return blockers.size() == 1
        ? lines
        : blockers.size() + " findings keep it from being moved:\n" + lines;
  }

  /** What mends several is told once, with the codes of all of them. */
  private static String remedy(List<Finding> blockers) {
    Map<String, List<String>> codes = new LinkedHashMap<>();
    for (Finding blocker : blockers) {
      List<String> same = codes.computeIfAbsent(blocker.remedy(), r -> new ArrayList<>());
      if (!same.contains(blocker.code())) {
        same.add(blocker.code());
      }
    }
    if (codes.size() == 1) {
      return blockers.get(0).remedy();
    }
    return codes.entrySet().stream()
        .map(e -> String.join(", ", e.getValue()) + ": " + e.getKey())
        .collect(Collectors.joining("\n"));
  }

  private static String evidence(Finding finding) {
    return finding.evidence().isEmpty() ? "" : " (" + finding.evidence() + ")";
  }
}
