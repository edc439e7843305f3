package dev.drover.mappings.assess;

import dev.drover.mappings.model.SourceNic;
import java.util.List;

/** What is known of the guest's addresses. */
final class Addresses implements Check {
  static final KnownFinding NONE_KNOWN =
      KnownFinding.warning(
          "NET-040",
          "runs, and none of its addresses is known",
          "install or start the agent in the guest and export again; note the addresses before the move");

  static final KnownFinding FIXED =
      KnownFinding.warning(
          "NET-041",
          "NIC {} has a fixed address",
          "map its network to one with the same subnet, and bind the guest's setting to the MAC and not to a name like ens192");

  @Override
  public List<KnownFinding> findings() {
    return List.of(NONE_KNOWN, FIXED);
  }

  @Override
  public void look(Subject vm, Told told) {
    List<SourceNic> nics = vm.vm().nics();
    if (vm.on()
        && !nics.isEmpty()
        && nics.stream().allMatch(n -> n.addresses() == null || n.addresses().isEmpty())) {
      told.add(NONE_KNOWN, nics.size() == 1 ? "1 NIC" : nics.size() + " NICs");
    }
    for (SourceNic nic : nics) {
      if (nic.addresses() != null) {
        nic.addresses().stream()
            .filter(a -> a.fixed().isYes())
            .findFirst()
            .ifPresent(a -> told.add(FIXED.seenAt(nic.label(), a.address())));
      }
    }
  }
}
