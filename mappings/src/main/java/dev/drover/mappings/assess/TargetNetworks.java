package dev.drover.mappings.assess;

import dev.drover.mappings.model.Answer;
import dev.drover.mappings.model.DnsLabel;
import dev.drover.mappings.model.SourceNic;
import java.util.List;
import java.util.Objects;

/** Whether the target has a network for each NIC. */
final class TargetNetworks implements Check {
  static final KnownFinding NO_TWIN =
      KnownFinding.info(
          "NET-042",
          "the target has no network definition with the name of network {}",
          "make a NetworkAttachmentDefinition for it, or map it to another one or to the pod network in the plan");

  static final KnownFinding NOWHERE =
      KnownFinding.warning(
          "NET-043",
          "has several NICs, and the target has no network beside the pod network, which takes one",
          "make NetworkAttachmentDefinitions, or ignore the networks of the others in the plan");

  static final KnownFinding NO_NETWORK =
      KnownFinding.warning(
          "NET-044",
          "NIC {} is connected to no network that the source knows",
          "correct it at the source, or leave the NIC behind with \"skip: true\" in the plan");

  @Override
  public List<KnownFinding> findings() {
    return List.of(NO_TWIN, NOWHERE, NO_NETWORK);
  }

  @Override
  public void look(Subject vm, Told told) {
    List<SourceNic> nics = vm.vm().nics();
    for (SourceNic nic : nics) {
      if ((nic.network() == null || nic.network().isBlank()) && nic.connected() != Answer.NO) {
        told.add(NO_NETWORK.seenAt(nic.label(), nic.id()));
      }
    }
    List<String> there = vm.profile().networks();
    if (there == null) {
      return;
    }
    if (there.isEmpty()) {
      if (nics.size() > 1) {
        told.add(NOWHERE, nics.size() + " NICs");
      }
      return;
    }
    nics.stream()
        .map(SourceNic::network)
        .filter(Objects::nonNull)
        .distinct()
        .filter(n -> there.stream().noneMatch(t -> named(t, n)))
        .forEach(n -> told.add(NO_TWIN.seenAt(n, n)));
  }

  private static boolean named(String definition, String network) {
    String name = definition.substring(definition.indexOf('/') + 1);
    return name.equals(DnsLabel.of(network));
  }
}
