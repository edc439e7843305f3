package dev.drover.mappings.assess;

import dev.drover.mappings.model.Disposition;
import dev.drover.mappings.model.Finding;
import dev.drover.mappings.model.VmFacts;
import java.util.List;

/**
 * A VM, judged.
 *
 * @param findings of the importer and of the checks, after the policy; the worst first, then by
 *     code
 * @param accepted findings that an exception of the policy lowered, with the reason
 * @param candidate no for templates, placeholders and the hypervisor's own VMs, which are listed
 *     and not counted
 */
public record VmAssessment(
    VmFacts facts,
    boolean candidate,
    List<Finding> findings,
    List<Accepted> accepted,
    Disposition disposition,
    Complexity complexity,
    List<StorageNeed> needs) {
  public VmAssessment {
    findings = List.copyOf(findings);
    accepted = List.copyOf(accepted);
    needs = List.copyOf(needs);
  }

  /** A finding that somebody accepts. */
  public record Accepted(String code, String reason, java.time.LocalDate expires) {}
}
