package dev.drover.mappings.assess;

import dev.drover.mappings.model.PowerState;
import java.util.ArrayList;
import java.util.List;

/** What nobody can know of a VM that is off. */
final class PowerUnknowns implements Check {
  static final KnownFinding OFF =
      KnownFinding.warning(
          "VM-044",
          "is off, so that things that only a running guest tells are not known",
          "start it once with its agent and export again, or test it after the move");

  static final KnownFinding POWER_UNKNOWN =
      KnownFinding.info(
          "VM-045",
          "nobody says whether it runs",
          "look at the source; a running VM has to be shut down for the move");

  @Override
  public List<KnownFinding> findings() {
    return List.of(OFF, POWER_UNKNOWN);
  }

  @Override
  public void look(Subject vm, Told told) {
    if (vm.vm().power() == PowerState.UNKNOWN) {
      told.add(POWER_UNKNOWN, "");
    } else if (vm.vm().power() == PowerState.OFF) {
      List<String> unknown = new ArrayList<>();
      if (vm.vm().guest().reportedOs() == null) {
        unknown.add("the system that runs");
      }
      if (!vm.vm().nics().isEmpty()
          && vm.vm().nics().stream()
              .allMatch(n -> n.addresses() == null || n.addresses().isEmpty())) {
        unknown.add("its addresses");
      }
      if (vm.vm().guest().filesystems() == null || vm.vm().guest().filesystems().isEmpty()) {
        unknown.add("its file systems");
      }
      if (!unknown.isEmpty()) {
        told.add(OFF, String.join(", ", unknown));
      }
    }
  }
}
