package dev.drover.mappings.waves;

import dev.drover.mappings.model.Finding;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Which units go first: those that the policy names with what they need, or the easiest ones. */
final class Pilots {
  private final Units units;
  private final Planning planning;
  private final Told told;
  private final Graph needs;
  private final Set<Unit> chosen = new LinkedHashSet<>();
  private int vms;

  private Pilots(Units units, Planning planning, Told told) {
    this.units = units;
    this.planning = planning;
    this.told = told;
    this.needs = units.graph().reversed();
  }

  /** Chooses and marks them; none where the policy wants none or all fits one wave. */
  static Set<Unit> of(Units units, Planning planning, Told told, Comparator<Unit> order) {
    Pilots pilots = new Pilots(units, planning, told);
    boolean named = !planning.policy().waves().pilots().isEmpty();
    int most = planning.policy().waves().pilotVms();
    if (named) {
      pilots.named(most == 0 ? Integer.MAX_VALUE : most, order);
    } else if (most > 0) {
      pilots.easiest(most);
    }
    units.all().forEach(unit -> unit.pilot = pilots.chosen.contains(unit));
    return pilots.chosen;
  }

  private void named(int most, Comparator<Unit> order) {
    List<Unit> wanted = units.all().stream().filter(u -> u.pilot).sorted(order).toList();
    for (Unit unit : wanted) {
      Set<Unit> with = closure(unit, most);
      with.removeAll(chosen);
      int more = with.stream().mapToInt(u -> u.vms.size()).sum();
      if (vms + more <= most) {
        chosen.addAll(with);
        vms += more;
      } else {
        told.add(
            Finding.info(
                "WAVE-011",
                unit.shown() + " is a pilot, and with what it needs too much for the pilot wave",
                "raise pilotVms, which is " + most + ", or name fewer pilots"));
      }
    }
  }

  /** The unit and all that it needs; given up where these are more VMs than that. */
  private Set<Unit> closure(Unit unit, int most) {
    Set<Unit> closure = new LinkedHashSet<>();
    Set<Integer> seen = new LinkedHashSet<>();
    Deque<Integer> open = new ArrayDeque<>();
    open.add(unit.number);
    int size = 0;
    while (!open.isEmpty() && size <= most) {
      int node = open.remove();
      if (!seen.add(node)) {
        continue;
      }
      if (node < units.all().size()) {
        closure.add(units.all().get(node));
        size += units.all().get(node).vms.size();
      }
      for (int need : needs.needers(node)) {
        open.add(need);
      }
    }
    return closure;
  }

  private void easiest(int most) {
    int all = units.all().stream().mapToInt(u -> u.vms.size()).sum();
    if (all <= planning.policy().waves().caps().vms()) {
      return;
    }
    Room room = new Room(planning);
    units.all().stream()
        .filter(u -> u.vms.size() <= most && u.pins.isEmpty())
        .filter(u -> needs.needers(u.number).length == 0 && room.fitsAlone(u))
        .sorted(
            Comparator.comparingInt((Unit u) -> u.rank)
                .thenComparingInt(u -> u.complexity)
                .thenComparingLong(u -> u.data)
                .thenComparingInt(u -> u.number))
        .limit(most)
        .forEach(
            u -> {
              if (vms + u.vms.size() <= most) {
                chosen.add(u);
                vms += u.vms.size();
              }
            });
  }
}
