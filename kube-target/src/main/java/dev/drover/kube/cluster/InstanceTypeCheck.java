package dev.drover.kube.cluster;

import dev.drover.mappings.model.Finding;
import dev.drover.mappings.target.Sizing;
import dev.drover.mappings.target.TargetVm;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The instance type and the preference that the plan names are there. */
final class InstanceTypeCheck implements PreflightCheck {
  private final ClusterFacts facts;

  InstanceTypeCheck(ClusterFacts facts) {
    this.facts = facts;
  }

  @Override
  public List<Finding> check(TargetVm vm) {
    List<Finding> findings = new ArrayList<>();
    if (vm.sizing() instanceof Sizing.ByInstanceType sized) {
      look(findings, "K8S-050", sized.type(), vm.namespace());
    }
    Sizing.ObjectName preference = vm.sizing().preference();
    if (preference != null) {
      look(findings, "K8S-051", preference, vm.namespace());
    }
    return findings;
  }

  private void look(
      List<Finding> findings, String code, Sizing.ObjectName wanted, String namespace) {
    Kind kind = Kind.of(wanted.kind());
    String subject = wanted.kind() + " \"" + wanted.name() + "\"";
    Seen<Optional<Resource>> seen =
        facts.object(kind, kind.namespaced() ? namespace : "", wanted.name());
    if (seen.answer().isEmpty()) {
      findings.add(PreflightCheck.hidden(seen, subject + " exists"));
    } else if (seen.answer().get().isEmpty()) {
      findings.add(
          Finding.blocker(
              code,
              "there is no " + subject + (kind.namespaced() ? " in namespace " + namespace : ""),
              "see which there are, and write the name of one in the plan: kubectl get "
                  + kind.resource()
                  + (kind.namespaced() ? " -n " + namespace : "")));
    }
  }
}
