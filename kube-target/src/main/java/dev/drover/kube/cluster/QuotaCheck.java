package dev.drover.kube.cluster;

import dev.drover.kube.manifest.Manifest;
import dev.drover.mappings.model.ByteSize;
import dev.drover.mappings.model.Finding;
import dev.drover.mappings.target.TargetDisk;
import dev.drover.mappings.target.TargetVm;
import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The namespace's quotas leave room for this VM. What is there of it already is not counted twice;
 * what other VMs of the run will take is not known here.
 */
final class QuotaCheck implements PreflightCheck {
  private final Api api;
  private final ClusterFacts facts;
  private final Rendering rendering;

  QuotaCheck(Api api, ClusterFacts facts, Rendering rendering) {
    this.api = api;
    this.facts = facts;
    this.rendering = rendering;
  }

  @Override
  public List<Finding> check(TargetVm vm) {
    Seen<List<Resource>> seen = facts.list(Kind.QUOTA, vm.namespace(), "");
    if (seen.answer().isEmpty()) {
      return List.of(PreflightCheck.hidden(seen, "the namespace's quota suffices"));
    }
    if (seen.answer().get().isEmpty()) {
      return List.of();
    }
    Map<String, BigDecimal> needed = needed(vm);
    List<Finding> findings = new ArrayList<>();
    for (Resource quota : seen.answer().get()) {
      Map<String, Object> hard = quota.map("status", "hard");
      for (Map.Entry<String, BigDecimal> need : needed.entrySet()) {
        Object limit = hard.get(need.getKey());
        if (limit != null) {
          compare(findings, quota, need, amount(limit.toString()));
        }
      }
    }
    return findings;
  }

  private static void compare(
      List<Finding> findings,
      Resource quota,
      Map.Entry<String, BigDecimal> need,
      BigDecimal limit) {
    String usedText = quota.text("status", "used", need.getKey());
    BigDecimal used = usedText.isEmpty() ? BigDecimal.ZERO : amount(usedText);
    if (used.add(need.getValue()).compareTo(limit) > 0) {
      findings.add(
          Finding.blocker(
              "K8S-060",
              "the limit \""
                  + quota.name()
                  + "\" of namespace "
                  + quota.namespace()
                  + " leaves "
                  + words(need.getKey(), limit.subtract(used).max(BigDecimal.ZERO))
                  + " of "
                  + need.getKey()
                  + ", and this VM needs "
                  + words(need.getKey(), need.getValue()),
              "have an administrator raise it, free some, or write another namespace in the"
                  + " plan; what is used: kubectl describe resourcequota "
                  + quota.name()
                  + " -n "
                  + quota.namespace()));
    }
  }

  private Map<String, BigDecimal> needed(TargetVm vm) {
    Manifest machine = rendering.virtualMachine(vm);
    Set<String> there = names(Kind.DATA_VOLUME, machine);
    Map<String, BigDecimal> needed = new LinkedHashMap<>();
    for (TargetDisk disk : vm.disks()) {
      if (!there.contains(disk.claim())) {
        add(needed, disk);
      }
    }
    if (names(Kind.VIRTUAL_MACHINE, machine).isEmpty()) {
      plus(needed, "count/" + Kind.VIRTUAL_MACHINE.resource(), BigDecimal.ONE);
      if (vm.running()) {
        Needs needs = Needs.of(vm.sizing());
        for (String key : List.of("requests.memory", "memory")) {
          plus(needed, key, needs.memory());
        }
        for (String key : List.of("requests.cpu", "cpu")) {
          plus(needed, key, needs.cpu());
        }
        plus(needed, "pods", BigDecimal.ONE);
      }
    }
    return needed;
  }

  private static void add(Map<String, BigDecimal> needed, TargetDisk disk) {
    BigDecimal size = BigDecimal.valueOf(disk.size().bytes());
    plus(needed, "requests.storage", size);
    plus(needed, "persistentvolumeclaims", BigDecimal.ONE);
    plus(needed, "count/" + Kind.DATA_VOLUME.resource(), BigDecimal.ONE);
    if (disk.storage().storageClass() != null) {
      String ofClass = disk.storage().storageClass() + ".storageclass.storage.k8s.io/";
      plus(needed, ofClass + "requests.storage", size);
      plus(needed, ofClass + "persistentvolumeclaims", BigDecimal.ONE);
    }
  }

  private Set<String> names(Kind kind, Manifest machine) {
    try {
      return api.list(kind, machine.namespace(), Ownership.selector(machine)).stream()
          .map(Resource::name)
          .collect(Collectors.toSet());
    } catch (ApiRefused e) {
      if (e.code() == 403 || e.code() == 404) {
        return Set.of(); // other checks say so
      }
      throw e;
    }
  }

  private static void plus(Map<String, BigDecimal> needed, String key, BigDecimal amount) {
    if (amount.signum() > 0) {
      needed.merge(key, amount, BigDecimal::add);
    }
  }

  /** An amount for people; what is not of whole bytes stays a number. */
  private static String words(String key, BigDecimal amount) {
    boolean bytes = key.endsWith("memory") || key.endsWith("requests.storage");
    return bytes ? new ByteSize(amount.longValue()).toString() : amount.toPlainString();
  }

  private static BigDecimal amount(String quantity) {
    return Quantity.parse(quantity).getNumericalAmount();
  }
}
