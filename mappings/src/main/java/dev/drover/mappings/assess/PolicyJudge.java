package dev.drover.mappings.assess;

import dev.drover.mappings.model.Finding;
import dev.drover.mappings.model.Finding.Severity;
import dev.drover.mappings.model.SourceVm;
import dev.drover.mappings.policy.MigrationPolicy;
import dev.drover.mappings.policy.MigrationPolicy.Exemption;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What an organisation makes of the findings of a VM. */
final class PolicyJudge {
  /** The worst first; below that an order that depends on nothing but the findings. */
  private static final Comparator<Finding> WORST_FIRST =
      Comparator.comparing(Finding::severity)
          .thenComparing(Finding::code)
          .thenComparing(Finding::what)
          .thenComparing(Finding::evidence);

  private final MigrationPolicy policy;
  private final LocalDate today;
  private final Map<String, List<Exemption>> exceptions = new HashMap<>();

  PolicyJudge(MigrationPolicy policy, LocalDate today) {
    this.policy = policy;
    this.today = today;
    for (Exemption exception : policy.exceptions()) {
      exceptions.computeIfAbsent(exception.code(), c -> new ArrayList<>()).add(exception);
    }
  }

  /** Findings and what was accepted of them. */
  record Judged(List<Finding> findings, List<VmAssessment.Accepted> accepted) {}

  Judged judge(SourceVm vm, List<Finding> found) {
    Map<String, VmAssessment.Accepted> accepted = new LinkedHashMap<>();
    Map<String, LocalDate> expired = new LinkedHashMap<>();
    List<Finding> judged = new ArrayList<>();
    for (Finding finding : found) {
      Finding counted = counted(finding, severity(finding));
      Exemption exception = exception(vm, finding.code());
      if (exception == null) {
        judged.add(counted);
      } else if (today.isAfter(exception.expires())) {
        judged.add(counted);
        expired.put(finding.code(), exception.expires());
      } else {
        judged.add(counted(finding, Severity.INFO));
        accepted.putIfAbsent(
            finding.code(),
            new VmAssessment.Accepted(finding.code(), exception.reason(), exception.expires()));
      }
    }
    expired.forEach(
        (code, day) -> {
          Finding told = CheckCatalogue.EXPIRED.seenAt(code, "expired on " + day);
          judged.add(counted(told, severity(told)));
        });
    judged.sort(WORST_FIRST);
    return new Judged(judged, List.copyOf(accepted.values()));
  }

  private Severity severity(Finding finding) {
    return policy.severities().getOrDefault(finding.code(), finding.severity());
  }

  /** One that still counts is taken before one that has expired. */
  private @org.jspecify.annotations.Nullable Exemption exception(SourceVm vm, String code) {
    Exemption old = null;
    for (Exemption exception : exceptions.getOrDefault(code, List.of())) {
      if (exception.vms().picks(vm)) {
        if (!today.isAfter(exception.expires())) {
          return exception;
        }
        old = old == null || old.expires().isBefore(exception.expires()) ? exception : old;
      }
    }
    return old;
  }

  private static Finding counted(Finding f, Severity severity) {
    return f.severity() == severity
        ? f
        : new Finding(f.code(), severity, f.what(), f.remedy(), f.evidence());
  }
}
