package dev.drover.mappings.waves;

import dev.drover.mappings.model.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Collects what is to be said of the planning: of each kind a hundred, and how many more. */
final class Told {
  private static final int MOST = 100;

  private final Map<String, List<Finding>> byCode = new TreeMap<>();
  private final Map<String, Integer> beyond = new TreeMap<>();

  void add(Finding finding) {
    List<Finding> same = byCode.computeIfAbsent(finding.code(), c -> new ArrayList<>());
    if (same.contains(finding)) {
      return;
    }
    if (same.size() < MOST) {
      same.add(finding);
    } else {
      beyond.merge(finding.code(), 1, Integer::sum);
    }
  }

  /** The worst first, then by code, then as they were found. */
  List<Finding> all() {
    List<Finding> all = new ArrayList<>();
    byCode.forEach(
        (code, same) -> {
          all.addAll(same);
          Integer more = beyond.get(code);
          if (more != null) {
            Finding last = same.get(same.size() - 1);
            all.add(
                new Finding(
                    code,
                    last.severity(),
                    more + " more of the same kind",
                    "mend those above first",
                    ""));
          }
        });
    all.sort(java.util.Comparator.comparing(Finding::severity));
    return all;
  }
}
