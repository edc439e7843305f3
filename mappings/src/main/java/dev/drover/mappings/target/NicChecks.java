package dev.drover.mappings.target;

import dev.drover.mappings.model.SourceNic;
import dev.drover.mappings.plan.NetworkMapping;
import dev.drover.mappings.target.Platform.GuestFamily;
import java.util.List;
import java.util.Locale;

/** What becomes different on the network. */
final class NicChecks {
  private NicChecks() {}

  static void ofOne(Mapping m, SourceNic nic, NetworkMapping.Destination network) {
    if (nic.passthrough().isYes()) {
      m.warning(
          "NIC-007",
          "NIC "
              + nic.label()
              + " is passed through (SR-IOV, DirectPath); it becomes a virtual one",
          "give the VM an SR-IOV network after the move if it needs the speed",
          nic.id());
    }
    List<SourceNic.GuestAddress> addresses = nic.addresses() == null ? List.of() : nic.addresses();
    if (network instanceof NetworkMapping.Pod) {
      addresses.stream()
          .filter(a -> a.fixed().isYes())
          .findFirst()
          .ifPresent(
              a ->
                  m.warning(
                      "NET-004",
                      "NIC "
                          + nic.label()
                          + " has a fixed address, which does not work behind the"
                          + " pod network's masquerade",
                      "set the guest to DHCP, or map the network to multus",
                      a.address()));
    }
  }

  static void ofAll(Mapping m, List<TargetNic> nics) {
    if (nics.isEmpty()) {
      m.info("NET-005", "has no NIC at the target", "see that this is meant", "");
      return;
    }
    if (m.os().family() == GuestFamily.LINUX || m.os().family() == GuestFamily.WINDOWS) {
      m.info(
          "NIC-008",
          "the guest may give its NICs new names, since they sit in other PCI slots",
          m.os().family() == GuestFamily.LINUX
              ? "bind the guest's network settings to the MAC and not to a name like ens192"
              : "note the fixed addresses: Windows takes a NIC in another slot for a new one",
          nics.size() + " NICs, " + nics.get(0).model().toLowerCase(Locale.ROOT));
    }
  }
}
