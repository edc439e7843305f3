package dev.drover.batch.report;

import dev.drover.mappings.model.VmRef;
import dev.drover.mappings.waves.WavePlan;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** In which wave a VM is, or why in none. */
final class Placements {
  private final List<WavePlan.PlannedWave> waves;
  private final Map<VmRef, Integer> waveOf = new HashMap<>();
  private final Map<VmRef, String> reasonOf = new HashMap<>();

  Placements(WavePlan plan) {
    this.waves = plan.waves();
    for (int i = 0; i < waves.size(); i++) {
      for (WavePlan.PlacedVm vm : waves.get(i).vms()) {
        waveOf.put(vm.ref(), i);
      }
    }
    plan.leftOut().forEach(left -> reasonOf.put(left.ref(), left.reason()));
  }

  /** The number of its wave from 0, or -1. */
  int wave(VmRef ref) {
    return waveOf.getOrDefault(ref, -1);
  }

  /** The name of its wave, or null. */
  @Nullable String waveName(VmRef ref) {
    Integer wave = waveOf.get(ref);
    return wave == null ? null : waves.get(wave).name();
  }

  /** Why it is in no wave, or null. */
  @Nullable String reason(VmRef ref) {
    return reasonOf.get(ref);
  }
}
