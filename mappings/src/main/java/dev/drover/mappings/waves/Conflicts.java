package dev.drover.mappings.waves;

import dev.drover.mappings.model.Finding;
import dev.drover.mappings.policy.WavesPolicy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.ToIntFunction;

/**
 * Constraints that no plan can meet: what is kept together and apart at once, pins of one unit to
 * two waves, and pins against dependencies. Each is told as the smallest set that conflicts: take
 * any one of its constraints away, and the others of the set can be met. It is the shortest chain
 * of what binds two VMs together or in order, and the two constraints at its ends.
 */
final class Conflicts {
  private final Units units;
  private final WavesPolicy policy;
  private final Told told;
  private final Map<Unit, String> leftOut = new LinkedHashMap<>();

  private Conflicts(Units units, WavesPolicy policy, Told told) {
    this.units = units;
    this.policy = policy;
    this.told = told;
  }

  /**
   * Finds them all.
   *
   * @param place of a wave by its name in the order of waves
   * @return units that no wave can hold, and why
   */
  static Map<Unit, String> of(
      Units units, WavesPolicy policy, ToIntFunction<String> place, Told told) {
    Conflicts conflicts = new Conflicts(units, policy, told);
    for (Unit unit : units.all()) {
      conflicts.within(unit);
    }
    conflicts.pinsOfOneWave();
    conflicts.order(place);
    return conflicts.leftOut;
  }

  private void within(Unit unit) {
    Map<String, WaveVm> waves = new HashMap<>();
    Map<Integer, WaveVm> rules = new HashMap<>();
    for (WaveVm vm : unit.vms) {
      for (String pin : vm.marks().pins()) {
        for (Map.Entry<String, WaveVm> other : waves.entrySet()) {
          if (!other.getKey().equals(pin)) {
            conflict(
                unit,
                pin(other.getValue(), other.getKey()),
                chain(other.getValue(), vm),
                pin(vm, pin));
            return;
          }
        }
        waves.put(pin, vm);
      }
      for (int rule : vm.marks().apart()) {
        WaveVm other = rules.putIfAbsent(rule, vm);
        if (other != null) {
          String apart =
              "apart \"%s\" keeps \"%s\" and \"%s\" apart"
                  .formatted(policy.apart().get(rule).name(), other.shown(), vm.shown());
          conflict(unit, apart, chain(other, vm), "");
          return;
        }
      }
    }
  }

  private List<String> chain(WaveVm a, WaveVm b) {
    return a == b ? List.of() : units.chain(a, b);
  }

  private static String pin(WaveVm vm, String wave) {
    return "a pin puts \"" + vm.shown() + "\" into " + wave;
  }

  private static String pin(Unit unit) {
    String wave = unit.pins.first();
    WaveVm pinned =
        unit.vms.stream().filter(vm -> vm.marks().pins().contains(wave)).findFirst().orElseThrow();
    return pin(pinned, wave);
  }

  private void conflict(Unit unit, String first, List<String> chain, String last) {
    List<String> all = new ArrayList<>();
    all.add(first);
    all.addAll(chain);
    all.add(last);
    all.removeIf(String::isEmpty);
    String words = String.join("; ", all);
    leftOut.putIfAbsent(unit, "constraints conflict: " + words);
    told.add(
        new Finding(
            "WAVE-004",
            Finding.Severity.BLOCKER,
            "these cannot all be met: " + words,
            "take one of them out of the policy; until then "
                + unit.shown()
                + (unit.vms.size() == 1 ? " is left out" : " are left out"),
            all.size() + " constraints"));
  }

  private void pinsOfOneWave() {
    Map<String, Map<Integer, Unit>> waves = new HashMap<>();
    for (Unit unit : units.all()) {
      if (unit.pins.isEmpty() || leftOut.containsKey(unit)) {
        continue;
      }
      Map<Integer, Unit> rules = waves.computeIfAbsent(unit.pins.first(), w -> new HashMap<>());
      Set<Integer> taken = new LinkedHashSet<>(unit.apart);
      taken.retainAll(rules.keySet());
      if (taken.isEmpty()) {
        unit.apart.forEach(rule -> rules.put(rule, unit));
      } else {
        int rule = taken.iterator().next();
        Unit other = Objects.requireNonNull(rules.get(rule));
        String apart = "apart \"%s\" keeps them apart".formatted(policy.apart().get(rule).name());
        conflict(unit, pin(other), List.of(apart), pin(unit));
      }
    }
  }

  /** What is needed by something that is pinned before its own pin. */
  private void order(ToIntFunction<String> place) {
    int size = units.graph().size();
    int[] low = new int[size];
    Arrays.fill(low, -1);
    Unit[] by = new Unit[size];
    for (int node : sorted()) {
      Unit unit = node < units.all().size() ? units.all().get(node) : null;
      if (unit != null && !unit.pins.isEmpty() && !leftOut.containsKey(unit)) {
        int pinned = place.applyAsInt(unit.pins.first());
        Unit need = by[node];
        if (low[node] > pinned && need != null) {
          conflict(unit, pin(need), units.way(need, unit), pin(unit));
          continue;
        }
        low[node] = pinned;
        by[node] = unit;
      }
      for (int needer : units.graph().needers(node)) {
        if (low[node] > low[needer]) {
          low[needer] = low[node];
          by[needer] = by[node];
        }
      }
    }
  }

  private List<Integer> sorted() {
    int[] waiting = new int[units.graph().size()];
    for (int node = 0; node < waiting.length; node++) {
      for (int needer : units.graph().needers(node)) {
        waiting[needer]++;
      }
    }
    List<Integer> sorted = new ArrayList<>(waiting.length);
    for (int node = 0; node < waiting.length; node++) {
      if (waiting[node] == 0) {
        sorted.add(node);
      }
    }
    for (int i = 0; i < sorted.size(); i++) {
      for (int needer : units.graph().needers(sorted.get(i))) {
        if (--waiting[needer] == 0) {
          sorted.add(needer);
        }
      }
    }
    return sorted;
  }
}
