package dev.drover.mappings.target;

import dev.drover.mappings.model.SourceNic;
import dev.drover.mappings.plan.NetworkMapping;
import dev.drover.mappings.plan.VmPlan.NicOverride;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The line of the network map for a NIC: the first whose source matches its network. */
final class NetworkLines {
  private NetworkLines() {}

  /** Empty where no line matches, which is a blocker. */
  static Optional<NetworkMapping.Destination> of(
      Mapping m, SourceNic nic, @Nullable NicOverride override) {
    if (override != null && override.network() != null) {
      return Optional.of(override.network());
    }
    Optional<NetworkMapping.Destination> found =
        m.plan().networks().stream()
            .filter(line -> Wildcard.matches(line.source(), nic.network()))
            .map(NetworkMapping::destination)
            .findFirst();
    if (found.isEmpty()) {
      m.blocker(
          "NET-001",
          nic.network() == null
              ? "NIC " + nic.label() + " is on no network, and no line of the network map takes it"
              : "no line of the network map matches the network of NIC " + nic.label(),
          nic.network() == null
              ? PlanLines.nic(m.vmPlan(), nic.id(), "skip: true")
              : PlanLines.network(nic.network()),
          nic.network() == null ? nic.id() : nic.network());
    }
    return found;
  }
}
