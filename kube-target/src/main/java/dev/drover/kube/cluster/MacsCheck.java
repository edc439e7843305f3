package dev.drover.kube.cluster;

import dev.drover.mappings.model.Finding;
import dev.drover.mappings.target.TargetNic;
import dev.drover.mappings.target.TargetVm;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** No other VM of the cluster has a MAC that this one brings. */
final class MacsCheck implements PreflightCheck {
  private final ClusterFacts facts;

  MacsCheck(ClusterFacts facts) {
    this.facts = facts;
  }

  @Override
  public List<Finding> check(TargetVm vm) {
    if (vm.nics().stream().allMatch(n -> n.mac() == null)) {
      return List.of();
    }
    List<Finding> findings = new ArrayList<>();
    Seen<Map<String, String>> seen = facts.macs("");
    if (seen.answer().isEmpty()) {
      findings.add(PreflightCheck.hidden(seen, "another VM of the cluster has the same MAC"));
      seen = facts.macs(vm.namespace());
    }
    Map<String, String> taken = seen.answer().orElse(Map.of());
    for (TargetNic nic : vm.nics()) {
      String mac = nic.mac();
      String holder = mac == null ? null : taken.get(ClusterFacts.plain(mac));
      if (holder != null && !holder.equals(vm.path())) {
        findings.add(
            Finding.blocker(
                "K8S-071",
                "VM \"" + holder + "\" has the MAC " + mac + " of NIC " + nic.name(),
                "if that VM is an older copy, remove it: kubectl delete "
                    + Kind.VIRTUAL_MACHINE.resource()
                    + " "
                    + holder.substring(holder.indexOf('/') + 1)
                    + " -n "
                    + holder.substring(0, holder.indexOf('/'))
                    + "; if not, one of them has to get another MAC first"));
      }
    }
    return findings;
  }
}
