package dev.drover.mappings.waves;

import dev.drover.mappings.model.Finding;
import dev.drover.mappings.model.VmRef;
import dev.drover.mappings.policy.WavesPolicy;
import dev.drover.mappings.yaml.Shown;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Tells of VMs that have a wave though something that they need has none: it was to stay from the
 * beginning, or no wave took it.
 */
final class StayingNeeds {
  private final Set<VmRef> planned;
  private final Map<VmRef, String> reasons;
  private final Told told;

  /**
   * Prepares.
   *
   * @param planned those that have a wave
   * @param reasons of those that have none
   */
  StayingNeeds(Set<VmRef> planned, Map<VmRef, String> reasons, Told told) {
    this.planned = planned;
    this.reasons = reasons;
    this.told = told;
  }

  /** Of the policy's rules, one finding each. */
  void rules(List<WaveVm> all, WavesPolicy policy) {
    for (int i = 0; i < policy.dependencies().size(); i++) {
      int rule = i;
      List<WaveVm> left = new ArrayList<>();
      int needers = 0;
      for (WaveVm vm : all) {
        boolean moves = planned.contains(vm.facts().ref());
        boolean needed = vm.marks().needed().contains(rule);
        if (needed && reasons.containsKey(vm.facts().ref())) {
          left.add(vm);
        } else if (!needed && moves && vm.marks().needs().contains(rule)) {
          needers++;
        }
      }
      if (needers > 0 && !left.isEmpty()) {
        String who = needers == 1 ? "1 VM moves" : needers + " VMs move";
        tell(left, who, policy.dependencies().get(i).reason());
      }
    }
  }

  /** Of a line of the policy's file. */
  void link(WaveVm needer, WaveVm need, String place) {
    if (planned.contains(needer.facts().ref()) && reasons.containsKey(need.facts().ref())) {
      tell(List.of(need), Shown.of(needer.shown()) + " moves", place);
    }
  }

  private void tell(List<WaveVm> left, String who, String why) {
    WaveVm first = left.get(0);
    told.add(
        Finding.warning(
                "WAVE-009",
                who + " though " + Shown.of(first.shown()) + " stays: " + why,
                "see that they reach it from the target, or mend why it stays")
            .with(
                (left.size() == 1 ? "it stays: " : left.size() + " stay, the first: ")
                    + reasons.get(first.facts().ref())));
  }
}
