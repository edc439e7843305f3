package dev.drover.kube.cluster;

import dev.drover.mappings.model.Finding;
import dev.drover.mappings.target.TargetVm;
import java.util.ArrayList;
import java.util.List;

/** KubeVirt and CDI are installed. */
final class ApisCheck implements PreflightCheck {
  private final ClusterFacts facts;

  ApisCheck(ClusterFacts facts) {
    this.facts = facts;
  }

  @Override
  public List<Finding> check(TargetVm vm) {
    List<Finding> missing = new ArrayList<>();
    look(missing, "K8S-001", Kind.VIRTUAL_MACHINE, "KubeVirt");
    look(missing, "K8S-002", Kind.DATA_VOLUME, "CDI");
    look(missing, "K8S-003", Kind.UPLOAD_TOKEN, "CDI's upload API");
    return missing;
  }

  private void look(List<Finding> missing, String code, Kind kind, String what) {
    if (!facts.serves(kind.apiVersion())) {
      missing.add(
          Finding.blocker(
              code,
              "the cluster has no " + what + " (API " + kind.apiVersion() + ")",
              kind == Kind.VIRTUAL_MACHINE
                  ? "have an administrator install KubeVirt: https://kubevirt.io/user-guide/cluster_admin/installation"
                  : "have an administrator install CDI, or see that it runs (kubectl get pods -n cdi):"
                      + " https://github.com/kubevirt/containerized-data-importer"));
    }
  }
}
