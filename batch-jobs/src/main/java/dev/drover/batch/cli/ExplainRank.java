package dev.drover.batch.cli;

import dev.drover.batch.cli.Explanation.Rank;
import dev.drover.mappings.plan.MigrationPlan;
import dev.drover.mappings.plan.Wave;
import dev.drover.mappings.policy.WavesPolicy;
import dev.drover.mappings.waves.WaveVm;
import dev.drover.mappings.yaml.Shown;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a VM stands in its plan, and what of it the planner's order looks at. */
final class ExplainRank {
  private ExplainRank() {}

  static @Nullable Rank of(MigrationPlan plan, @Nullable Wave wave, WaveVm vm, WavesPolicy policy) {
    if (wave == null) {
      return null;
    }
    int at = 0;
    while (!wave.vms().get(at).ref().equals(vm.facts().ref())) {
      at++;
    }
    return new Rank(
        plan.waves().indexOf(wave) + 1,
        plan.waves().size(),
        at + 1,
        wave.vms().size(),
        by(vm, policy));
  }

  /** In the order in which the planner looks at them; docs/waves.md, "Order". */
  private static List<String> by(WaveVm vm, WavesPolicy policy) {
    List<String> by = new ArrayList<>();
    if (vm.marks().pilot()) {
      by.add("named as a pilot");
    }
    vm.marks().pins().forEach(wave -> by.add("pinned to " + wave));
    if (!policy.criticality().isEmpty()) {
      by.add(criticality(vm.facts().criticality(), policy.criticality()));
    }
    String owner = vm.facts().owner();
    if (policy.byOwner()) {
      by.add(owner == null ? "no owner" : "owner " + Shown.of(owner));
    }
    by.add("complexity " + vm.complexity());
    by.add(vm.facts().data() + " to copy");
    return by;
  }

  private static String criticality(@Nullable String word, List<String> words) {
    int place = word == null ? -1 : words.indexOf(word);
    if (place >= 0) {
      return "criticality "
          + Shown.of(String.valueOf(word))
          + ", "
          + (place + 1)
          + " of "
          + words.size()
          + " from the least critical";
    }
    return word == null
        ? "no criticality, so behind all that have one"
        : "criticality "
            + Shown.of(word)
            + ", which the policy does not have, so behind all others";
  }
}
