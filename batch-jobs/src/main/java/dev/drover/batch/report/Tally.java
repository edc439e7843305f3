package dev.drover.batch.report;

import dev.drover.mappings.assess.VmAssessment;
import dev.drover.mappings.model.Finding.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;

/** What the page shows of single VMs beside the table: the riskiest, and who accepted what. */
final class Tally {
  private static final int RISKIEST = 20;

  /** From the least to the most at risk; the name last, so that two runs agree. */
  private static final Comparator<VmAssessment> RISK =
      Comparator.<VmAssessment>comparingLong(v -> count(v, Severity.BLOCKER))
          .thenComparingInt(v -> v.complexity().score())
          .thenComparingLong(v -> count(v, Severity.WARNING))
          .thenComparing(v -> v.facts().ref().toString(), Comparator.reverseOrder());

  private final PriorityQueue<VmAssessment> riskiest = new PriorityQueue<>(RISK);
  private final Map<Severity, Integer> worst = new EnumMap<>(Severity.class);
  private final Map<String, Integer> accepted = new TreeMap<>();

  void add(VmAssessment vm) {
    if (!vm.candidate()) {
      return;
    }
    vm.accepted().forEach(a -> accepted.merge(a.code(), 1, Integer::sum));
    // The findings are sorted, the worst first.
    vm.findings().stream().findFirst().ifPresent(f -> worst.merge(f.severity(), 1, Integer::sum));
    boolean risky = !vm.findings().isEmpty() && vm.findings().get(0).severity() != Severity.INFO;
    if (risky) {
      riskiest.add(vm);
      if (riskiest.size() > RISKIEST) {
        riskiest.poll();
      }
    }
  }

  static long count(VmAssessment vm, Severity severity) {
    return vm.findings().stream().filter(f -> f.severity() == severity).count();
  }

  /** VMs whose worst finding is of that severity. */
  int worst(Severity severity) {
    return worst.getOrDefault(severity, 0);
  }

  /** VMs on which an exception for that code counts. */
  int accepted(String code) {
    return accepted.getOrDefault(code, 0);
  }

  /** The riskiest first. */
  List<VmAssessment> riskiest() {
    List<VmAssessment> sorted = new ArrayList<>(riskiest);
    sorted.sort(RISK.reversed());
    return sorted;
  }
}
