package dev.drover.kube.cluster;

import dev.drover.mappings.model.ByteSize;
import dev.drover.mappings.model.Finding;
import dev.drover.mappings.target.TargetVm;
import java.math.BigDecimal;
import java.util.List;

/** There is a node that can run VMs, and one that is big enough for this one. */
final class NodesCheck implements PreflightCheck {
  private static final String CAN_RUN_VMS = "kubevirt.io/schedulable=true";
  private static final String KVM = "devices.kubevirt.io/kvm";

  private final ClusterFacts facts;

  NodesCheck(ClusterFacts facts) {
    this.facts = facts;
  }

  @Override
  public List<Finding> check(TargetVm vm) {
    if (!vm.running()) {
      return List.of();
    }
    Seen<List<Resource>> seen = facts.list(Kind.NODE, "", CAN_RUN_VMS);
    if (seen.answer().isEmpty()) {
      return List.of(PreflightCheck.hidden(seen, "a node is big enough"));
    }
    List<Resource> nodes =
        seen.answer().get().stream()
            .filter(n -> !n.text("spec", "unschedulable").equals("true"))
            .toList();
    if (nodes.isEmpty()) {
      return List.of(
          Finding.blocker(
              "K8S-080",
              "no machine (node) of the cluster is ready to run VMs",
              "have an administrator see that KubeVirt's virt-handler runs on the nodes, and that they"
                  + " are not cordoned: kubectl get pods -n kubevirt -o wide; kubectl get nodes -l "
                  + CAN_RUN_VMS));
    }
    Needs needs = Needs.of(vm.sizing());
    if (nodes.stream().noneMatch(n -> fits(n, needs))) {
      return List.of(tooSmall(nodes, needs));
    }
    if (nodes.stream().allMatch(n -> allocatable(n, KVM).signum() == 0)) {
      return List.of(
          Finding.warning(
              "K8S-082",
              "no node has hardware virtualization (" + KVM + " is 0)",
              "switch it on in the nodes' firmware; with KubeVirt's useEmulation it runs slowly"));
    }
    return List.of();
  }

  private static boolean fits(Resource node, Needs needs) {
    return allocatable(node, "memory").compareTo(needs.memory()) >= 0
        && allocatable(node, "cpu").compareTo(needs.cpu()) >= 0;
  }

  private static Finding tooSmall(List<Resource> nodes, Needs needs) {
    BigDecimal memory = largest(nodes, "memory");
    BigDecimal cpu = largest(nodes, "cpu");
    return Finding.blocker(
        "K8S-081",
        "no node is big enough: this VM needs "
            + new ByteSize(needs.memory().longValue())
            + " of memory and "
            + needs.cpu().toPlainString()
            + " CPUs, the most that one node has is "
            + new ByteSize(memory.longValue())
            + " and "
            + cpu.toPlainString(),
        "have an administrator add a larger node, or write a smaller instanceType for this VM"
            + " in the plan");
  }

  private static BigDecimal largest(List<Resource> nodes, String resource) {
    return nodes.stream()
        .map(n -> allocatable(n, resource))
        .max(BigDecimal::compareTo)
        .orElse(BigDecimal.ZERO);
  }

  private static BigDecimal allocatable(Resource node, String resource) {
    return node.amount("status", "allocatable", resource);
  }
}
