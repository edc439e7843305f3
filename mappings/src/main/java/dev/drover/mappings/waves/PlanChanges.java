package dev.drover.mappings.waves;

import dev.drover.mappings.model.VmRef;
import dev.drover.mappings.waves.WavePlan.LeftOut;
import dev.drover.mappings.waves.WavePlan.PlacedVm;
import dev.drover.mappings.waves.WavePlan.PlannedWave;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a new plan does otherwise than the earlier one, in the order of the new waves.
 *
 * @param stayed how many VMs are in their wave
 */
public record PlanChanges(List<Change> changes, int stayed) {
  public PlanChanges {
    changes = List.copyOf(changes);
  }

  /**
   * A VM that is not where it was.
   *
   * @param from the earlier wave; null for a VM that was in none
   * @param to the new wave; null for one that is in none
   * @param why for people
   */
  public record Change(
      VmRef ref, String name, @Nullable String from, @Nullable String to, String why) {}

  /** Compares. */
  public static PlanChanges between(List<Planning.Earlier> earlier, WavePlan plan) {
    Map<VmRef, String> before = new HashMap<>();
    Map<VmRef, String> names = new HashMap<>();
    for (Planning.Earlier wave : earlier) {
      wave.vms()
          .forEach(
              (ref, name) -> {
                before.put(ref, wave.name());
                names.put(ref, name);
              });
    }
    List<Change> changes = new ArrayList<>();
    int stayed = 0;
    for (PlannedWave wave : plan.waves()) {
      for (PlacedVm vm : wave.vms()) {
        String from = before.remove(vm.ref());
        if (wave.name().equals(from)) {
          stayed++;
        } else {
          changes.add(new Change(vm.ref(), vm.name(), from, wave.name(), vm.because()));
        }
      }
    }
    for (LeftOut vm : plan.leftOut()) {
      String from = before.remove(vm.ref());
      if (from != null) {
        changes.add(new Change(vm.ref(), vm.name(), from, null, vm.reason()));
      }
    }
    before.entrySet().stream()
        .sorted(java.util.Comparator.comparing(e -> e.getKey().toString()))
        .forEach(
            e ->
                changes.add(
                    new Change(
                        e.getKey(),
                        names.getOrDefault(e.getKey(), ""),
                        e.getValue(),
                        null,
                        "the inventory has it no more")));
    return new PlanChanges(changes, stayed);
  }
}
