package dev.drover.importers.vsphere;

import com.vmware.vim25.ClusterAffinityRuleSpec;
import com.vmware.vim25.ClusterAntiAffinityRuleSpec;
import com.vmware.vim25.ClusterConfigInfoEx;
import com.vmware.vim25.ClusterHostGroup;
import com.vmware.vim25.ClusterRuleInfo;
import com.vmware.vim25.ClusterVmGroup;
import com.vmware.vim25.ClusterVmHostRuleInfo;
import com.vmware.vim25.ManagedObjectReference;
import dev.drover.mappings.model.Placement.AffinityRule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The enabled rules of DRS, by the VMs that they bind. */
final class AffinityRules {
  private final Map<String, List<AffinityRule>> byVm = new HashMap<>();
  private final Map<String, String> names = new HashMap<>();
  private final Tree tree;

  private AffinityRules(Tree tree) {
    this.tree = tree;
  }

  /** By the VM's id. The VMs' names are read only where there is a rule. */
  static Map<String, List<AffinityRule>> of(
      Map<String, ClusterConfigInfoEx> clusters, Tree tree, Collector collector) {
    AffinityRules rules = new AffinityRules(tree);
    boolean any = clusters.values().stream().anyMatch(c -> c.rule != null && c.rule.length > 0);
    if (any) {
      for (Props vm : collector.all("VirtualMachine", List.of("name"))) {
        rules.names.put(
            vm.id(), Tree.decoded(Objects.requireNonNullElse(vm.text("name"), vm.id())));
      }
      clusters.values().forEach(rules::read);
    }
    return rules.byVm;
  }

  private void read(ClusterConfigInfoEx cluster) {
    for (ClusterRuleInfo rule : Props.list(cluster.rule, ClusterRuleInfo.class)) {
      if (Boolean.FALSE.equals(rule.enabled)) {
        continue;
      }
      if (rule instanceof ClusterAffinityRuleSpec together) {
        add(rule, true, together.vm);
      } else if (rule instanceof ClusterAntiAffinityRuleSpec apart) {
        add(rule, false, apart.vm);
      } else if (rule instanceof ClusterVmHostRuleInfo hosts) {
        add(cluster, hosts);
      }
    }
  }

  private void add(
      ClusterRuleInfo rule, boolean together, ManagedObjectReference @Nullable [] vms) {
    put(rule, together, vms, named(vms, ref -> names.get(ref.val)));
  }

  private void add(ClusterConfigInfoEx cluster, ClusterVmHostRuleInfo rule) {
    boolean together = rule.affineHostGroupName != null;
    String wanted = together ? rule.affineHostGroupName : rule.antiAffineHostGroupName;
    ManagedObjectReference[] vms = null;
    List<String> hosts = List.of();
    for (ClusterVmGroup group : Props.list(cluster.group, ClusterVmGroup.class)) {
      vms = Objects.equals(group.name, rule.vmGroupName) ? group.vm : vms;
    }
    for (ClusterHostGroup group : Props.list(cluster.group, ClusterHostGroup.class)) {
      hosts = Objects.equals(group.name, wanted) ? named(group.host, tree::name) : hosts;
    }
    put(rule, together, vms, hosts);
  }

  private static List<String> named(
      ManagedObjectReference @Nullable [] refs,
      Function<ManagedObjectReference, @Nullable String> naming) {
    List<String> all = new ArrayList<>();
    for (ManagedObjectReference ref : Props.list(refs, ManagedObjectReference.class)) {
      String name = naming.apply(ref);
      all.add(name == null ? ref.val : name);
    }
    return all;
  }

  private void put(
      ClusterRuleInfo rule,
      boolean together,
      ManagedObjectReference @Nullable [] vms,
      List<String> members) {
    AffinityRule made =
        new AffinityRule(
            Objects.requireNonNullElse(rule.name, ""),
            together,
            Boolean.TRUE.equals(rule.mandatory),
            members);
    for (ManagedObjectReference vm : Props.list(vms, ManagedObjectReference.class)) {
      byVm.computeIfAbsent(vm.val, any -> new ArrayList<>()).add(made);
    }
  }
}
