package dev.drover.kube.manifest;

import dev.drover.mappings.plan.NetworkMapping;
import dev.drover.mappings.target.TargetNic;
import dev.drover.mappings.target.TargetVm;
import java.util.ArrayList;
import java.util.List;

/** Interfaces and the networks that they are on: the pod's masqueraded, others bridged. */
final class NetworkPart {
  private NetworkPart() {}

  static List<Object> interfaces(TargetVm vm) {
    List<Object> interfaces = new ArrayList<>();
    for (TargetNic nic : vm.nics()) {
      String binding = nic.network() instanceof NetworkMapping.Pod ? "masquerade" : "bridge";
      interfaces.add(
          Tree.start()
              .put("name", nic.name())
              .put("model", nic.model())
              .put("macAddress", nic.mac())
              .put("bootOrder", nic.bootOrder())
              .put(binding, Tree.empty())
              .putIf(!nic.linkUp(), "state", "down")
              .map());
    }
    return interfaces;
  }

  static List<Object> networks(TargetVm vm) {
    List<Object> networks = new ArrayList<>();
    for (TargetNic nic : vm.nics()) {
      Tree network = Tree.start().put("name", nic.name());
      if (nic.network() instanceof NetworkMapping.Multus multus) {
        network.put("multus", Tree.of("networkName", reference(multus)));
      } else {
        network.put("pod", Tree.empty());
      }
      networks.add(network.map());
    }
    return networks;
  }

  /** Without a namespace it is the VM's own. */
  private static String reference(NetworkMapping.Multus multus) {
    return multus.namespace().isBlank() ? multus.name() : multus.namespace() + "/" + multus.name();
  }
}
