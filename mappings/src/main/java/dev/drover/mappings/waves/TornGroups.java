package dev.drover.mappings.waves;

import dev.drover.mappings.model.Finding;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Tells of groups of which some have a wave and one has none. */
final class TornGroups {
  private TornGroups() {}

  /**
   * Tells.
   *
   * @param staying VMs that were left out before anything was packed, with their reasons; what the
   *     packing leaves out takes its whole group with it
   * @param planned VMs that have a wave
   */
  static void tell(List<WaveVm> staying, List<WaveVm> planned, Told told) {
    Map<String, WaveVm> stay = new HashMap<>();
    staying.forEach(vm -> vm.facts().groups().forEach(g -> stay.putIfAbsent(g, vm)));
    Map<String, Integer> torn = new TreeMap<>();
    for (WaveVm vm : planned) {
      vm.facts().groups().stream()
          .filter(stay::containsKey)
          .forEach(g -> torn.merge(g, 1, Integer::sum));
    }
    torn.forEach(
        (group, count) -> {
          WaveVm vm = Objects.requireNonNull(stay.get(group));
          told.add(
              Finding.warning(
                      "WAVE-010",
                      "%d of \"%s\" %s without \"%s\""
                          .formatted(count, group, count == 1 ? "moves" : "move", vm.shown()),
                      "mend why it stays, or leave the others out as well")
                  .with(String.valueOf(vm.stays())));
        });
  }
}
