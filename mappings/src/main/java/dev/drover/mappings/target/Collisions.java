package dev.drover.mappings.target;

import dev.drover.mappings.model.Finding;
import dev.drover.mappings.model.VmRef;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What only a look at all VMs of a plan together finds: one name or one MAC twice. */
public final class Collisions {
  /** How many others a finding names; all of them would be n² names for n VMs. */
  private static final int NAMED = 3;

  private final Map<VmRef, List<Finding>> findings = new LinkedHashMap<>();

  private Collisions() {}

  /**
   * Blockers by VM; VMs without one are not in the map. Each names the other VM. Time and space are
   * linear in the number of VMs, disks and NICs.
   */
  public static Map<VmRef, List<Finding>> among(Collection<TargetVm> vms) {
    Map<String, List<TargetVm>> names = new TreeMap<>();
    Map<String, List<TargetVm>> claims = new TreeMap<>();
    Map<String, List<TargetVm>> macs = new TreeMap<>();
    for (TargetVm vm : vms) {
      put(names, vm.path(), vm);
      vm.disks().forEach(d -> put(claims, vm.namespace() + "/" + d.claim(), vm));
      vm.nics().stream().map(TargetNic::mac).forEach(mac -> putMac(macs, mac, vm));
    }
    Collisions all = new Collisions();
    all.each(
        names,
        "NAME-010",
        "another VM of the plan gets the same name",
        "add \"targetName: NAME\" to one of them in the plan");
    // Two VMs of one name have the same claims as well; that is said once.
    claims.values().removeIf(list -> list.stream().map(TargetVm::path).distinct().count() < 2);
    all.each(
        claims,
        "NAME-011",
        "another VM of the plan has a disk that gets the same name",
        "add \"targetName: NAME\" to one of them in the plan");
    all.each(
        macs,
        "NIC-010",
        "another VM of the plan has a NIC with the same MAC",
        "correct it at the source, or leave one of the NICs behind with \"skip: true\"");
    return all.findings;
  }

  private static void putMac(Map<String, List<TargetVm>> macs, @Nullable String mac, TargetVm vm) {
    if (mac != null) {
      put(macs, mac, vm);
    }
  }

  private static void put(Map<String, List<TargetVm>> map, String key, TargetVm vm) {
    List<TargetVm> there = map.computeIfAbsent(key, k -> new ArrayList<>());
    // A VM that collides with itself is the mapper's finding.
    if (there.isEmpty() || !there.get(there.size() - 1).source().equals(vm.source())) {
      there.add(vm);
    }
  }

  private void each(Map<String, List<TargetVm>> map, String code, String what, String remedy) {
    map.forEach(
        (key, vms) -> {
          if (vms.size() < 2) {
            return;
          }
          for (TargetVm vm : vms) {
            findings
                .computeIfAbsent(vm.source(), ref -> new ArrayList<>())
                .add(Finding.blocker(code, what, remedy).with(key + ": " + others(vm, vms)));
          }
        });
  }

  private static String others(TargetVm vm, List<TargetVm> vms) {
    List<String> names =
        vms.stream()
            .filter(other -> !other.source().equals(vm.source()))
            .limit(NAMED)
            .map(other -> other.sourceName() + " (" + other.source() + ")")
            .toList();
    int more = vms.size() - 1 - names.size();
    return String.join(", ", names) + (more > 0 ? " and " + more + " more" : "");
  }
}
