package dev.drover.kube.cluster;

import dev.drover.mappings.model.Finding;
import dev.drover.mappings.plan.NetworkMapping;
import dev.drover.mappings.target.TargetNic;
import dev.drover.mappings.target.TargetVm;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The networks that the NICs are mapped to are there. */
final class NetworksCheck implements PreflightCheck {
  private final ClusterFacts facts;

  NetworksCheck(ClusterFacts facts) {
    this.facts = facts;
  }

  @Override
  public List<Finding> check(TargetVm vm) {
    List<Finding> findings = new ArrayList<>();
    for (TargetNic nic : vm.nics()) {
      if (nic.network() instanceof NetworkMapping.Multus multus) {
        look(findings, multus);
      }
    }
    return findings;
  }

  private void look(List<Finding> findings, NetworkMapping.Multus multus) {
    String path = multus.namespace() + "/" + multus.name();
    Seen<Optional<Resource>> seen = facts.object(Kind.NETWORK, multus.namespace(), multus.name());
    if (seen.answer().isEmpty()) {
      findings.add(
          PreflightCheck.hidden(seen, "NetworkAttachmentDefinition \"" + path + "\" exists"));
    } else if (seen.answer().get().isEmpty()) {
      boolean multusThere = facts.serves(Kind.NETWORK.apiVersion());
      findings.add(
          Finding.blocker(
              "K8S-040",
              "the cluster has no network \"" + path + "\" (NetworkAttachmentDefinition)",
              multusThere
                  ? "see which there are, and write one of them in the plan's networks, or have an"
                      + " administrator make it: kubectl get network-attachment-definitions -A"
                  : "have an administrator install Multus and make it, or write \"pod: {}\" for this"
                      + " network in the plan: the pod network, which every cluster has"));
    }
  }
}
