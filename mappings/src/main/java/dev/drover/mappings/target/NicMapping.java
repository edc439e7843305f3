package dev.drover.mappings.target;

import dev.drover.mappings.model.Answer;
import dev.drover.mappings.model.SourceNic;
import dev.drover.mappings.plan.NetworkMapping;
import dev.drover.mappings.plan.VmPlan.NicOverride;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** NICs, in the source's order. A NIC's number counts those that stay behind too. */
final class NicMapping {
  private NicMapping() {}

  /** Without boot orders, which disks share. */
  static List<TargetNic> map(Mapping m) {
    unknownIds(m);
    List<TargetNic> nics = new ArrayList<>();
    Set<String> macs = new HashSet<>();
    @Nullable String onPod = null;
    for (int number = 0; number < m.vm().nics().size(); number++) {
      SourceNic source = m.vm().nics().get(number);
      Optional<TargetNic> mapped = nic(m, source, "net" + number, macs);
      if (mapped.isEmpty()) {
        continue;
      }
      if (mapped.get().network() instanceof NetworkMapping.Pod) {
        if (onPod != null) {
          secondOnPod(m, source, onPod);
          continue;
        }
        onPod = source.label();
      }
      nics.add(mapped.get());
    }
    NicChecks.ofAll(m, nics);
    return nics;
  }

  private static Optional<TargetNic> nic(Mapping m, SourceNic nic, String name, Set<String> macs) {
    NicOverride override = m.vmPlan().nics().get(nic.id());
    if (override != null && override.skip()) {
      m.info("NIC-001", "the plan leaves NIC " + nic.label() + " behind", "", nic.id());
      return Optional.empty();
    }
    Optional<NetworkMapping.Destination> network = NetworkLines.of(m, nic, override);
    if (network.isEmpty()) {
      return Optional.empty();
    }
    if (network.get() instanceof NetworkMapping.Ignore) {
      m.warning(
          "NET-003",
          "NIC " + nic.label() + " is left out: the network map ignores its network",
          "see that the guest does without it",
          nic.network() == null ? nic.id() : nic.network());
      return Optional.empty();
    }
    NicChecks.ofOne(m, nic, network.get());
    return Optional.of(
        new TargetNic(
            nic.id(),
            name,
            NicModelChoice.of(m, nic, override),
            mac(m, nic, macs),
            network.get(),
            nic.connected() != Answer.NO,
            null));
  }

  private static @Nullable String mac(Mapping m, SourceNic nic, Set<String> macs) {
    if (nic.mac() == null) {
      return null;
    }
    Optional<String> mac = MacAddress.parse(nic.mac());
    if (mac.isEmpty()) {
      m.warning(
          "NIC-002",
          "the MAC of NIC " + nic.label() + " is none that a card can have; it gets another one",
          "correct it at the source if the guest or DHCP knows the card by it",
          nic.mac());
    } else if (!macs.add(mac.get())) {
      m.blocker(
          "NIC-003",
          "two of its NICs have one MAC",
          "correct it at the source, or " + PlanLines.nic(m.vmPlan(), nic.id(), "skip: true"),
          mac.get());
    }
    return mac.orElse(null);
  }

  private static void secondOnPod(Mapping m, SourceNic nic, String first) {
    m.blocker(
        "NET-002",
        "NIC " + nic.label() + " is the second on the pod network, and a VM can have one there",
        PlanLines.nic(m.vmPlan(), nic.id(), "network: {multus: {namespace: NAMESPACE, name: NAME}}")
            + ", or ignore: {} instead of multus",
        first + " is there already");
  }

  private static void unknownIds(Mapping m) {
    for (Map.Entry<String, NicOverride> override : m.vmPlan().nics().entrySet()) {
      if (m.vm().nics().stream().noneMatch(n -> n.id().equals(override.getKey()))) {
        m.blocker(
            "NIC-004",
            "the plan speaks of a NIC that the source does not have",
            "use one of: " + m.vm().nics().stream().map(SourceNic::id).sorted().toList(),
            override.getKey());
      }
    }
  }
}
