package dev.drover.kube.cluster;

import dev.drover.mappings.model.Finding;
import dev.drover.mappings.target.TargetVm;
import java.util.List;

/**
 * Everything that can be known to be missing before a byte moves. Codes: 00x the cluster's APIs,
 * 01x permissions, 02x namespace, 03x storage, 04x networks, 05x instance types, 06x quota, 07x
 * names and MACs, 08x nodes, 09x upload.
 */
final class Preflight {
  private final List<PreflightCheck> checks;

  Preflight(Api api, LocateProxy locate, Rendering rendering) {
    ClusterFacts facts = new ClusterFacts(api);
    this.checks =
        List.of(
            new ApisCheck(facts),
            new PermissionsCheck(api),
            new NamespaceCheck(facts),
            new StorageCheck(facts),
            new NetworksCheck(facts),
            new InstanceTypeCheck(facts),
            new QuotaCheck(api, facts, rendering),
            new NamesCheck(api, rendering),
            new MacsCheck(facts),
            new NodesCheck(facts),
            new UploadCheck(locate, facts));
  }

  List<Finding> check(TargetVm vm) {
    return ExplainRefusal.during(
        "VM " + vm.path(),
        () -> checks.stream().flatMap(c -> c.check(vm).stream()).distinct().toList());
  }
}
