package dev.drover.mappings.assess;

import dev.drover.mappings.model.Guest;
import java.util.List;
import java.util.Locale;

/** Whether the guest has a name of its own. */
final class HostName implements Check {
  static final KnownFinding NAMELESS =
      KnownFinding.warning(
          "GUEST-043",
          "the guest has no host name of its own",
          "give it one, so that DNS, DHCP and monitoring find it after the move");

  @Override
  public List<KnownFinding> findings() {
    return List.of(NAMELESS);
  }

  @Override
  public void look(Subject vm, Told told) {
    String name = vm.vm().guest().hostName();
    Guest.Tools tools = vm.vm().guest().tools();
    if (name == null) {
      if (vm.on() && tools != null && tools.running().isYes()) {
        told.add(NAMELESS, "none reported");
      }
      return;
    }
    String plain = name.strip().toLowerCase(Locale.ROOT);
    if (plain.isEmpty() || plain.equals("localhost") || plain.startsWith("localhost.")) {
      told.add(NAMELESS, plain);
    }
  }
}
