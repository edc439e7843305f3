package dev.drover.mappings.waves;

import dev.drover.mappings.model.ByteSize;
import dev.drover.mappings.model.Finding;
import dev.drover.mappings.model.VmRef;
import dev.drover.mappings.policy.WavesPolicy;
import dev.drover.mappings.waves.WavePlan.LeftOut;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Decides which VM moves in which wave: leaves out what cannot move, makes units of what moves
 * together, puts them in order, packs them into waves and the waves into windows. The same VMs with
 * the same {@link Planning} give the same plan, in whatever order they come. docs/waves.md says
 * how.
 */
public final class PlanWaves {
  /** A small estate is packed in two orders, and the one with fewer waves is taken. */
  private static final int SMALL = 2000;

  /** Points of complexity that make no difference to the order. */
  private static final int BAND = 10;

  private static final Comparator<VmRef> BY_REF =
      Comparator.comparing(VmRef::source).thenComparing(VmRef::id);

  private final Planning planning;
  private final WavesPolicy policy;
  private final Told told = new Told();
  private final List<WaveVm> moving = new ArrayList<>();
  private final List<WaveVm> staying = new ArrayList<>();
  private final List<WaveVm> moved = new ArrayList<>();
  private final List<LeftOut> leftOut = new ArrayList<>();

  private PlanWaves(Planning planning) {
    this.planning = planning;
    this.policy = planning.policy().waves();
  }

  /**
   * Plans.
   *
   * @param vms each once; those that stay come with their reason
   */
  public static WavePlan of(List<WaveVm> vms, Planning planning) {
    return new PlanWaves(planning).plan(vms);
  }

  private WavePlan plan(List<WaveVm> vms) {
    sort(vms);
    UnusedRules.tell(vms, policy, told);
    Slots slots = Slots.of(policy, planning.from());
    slots.never().forEach(this::tellNever);
    Dependencies dependencies = Dependencies.of(moving, staying, policy, planning.links(), told);
    Units units = Units.of(moving, policy, dependencies, told);
    inheritRanks(units);
    Map<Unit, Double> weights = new HashMap<>();
    Room room = new Room(planning);
    units.all().forEach(u -> weights.put(u, weight(room, u, slots)));
    Set<Unit> pilots = pilots(units, weights);
    Frame frame = new Frame(planning, slots, !pilots.isEmpty());
    List<Bin> first = frame.bins();
    Map<Unit, String> conflicts =
        Conflicts.of(units, policy, wave -> Frame.place(first, wave), told);
    Map<Unit, Packing.Wish> wishes = wishes(units, pilots, first);
    Packing best =
        new Packing(planning, units, slots, first, conflicts, order(weights)).run(wishes);
    if (units.all().size() <= SMALL && planning.earlier().isEmpty()) {
      Packing other =
          new Packing(planning, units, slots, frame.bins(), conflicts, bySize(weights)).run(wishes);
      best = isBetter(other, best) ? other : best;
    }
    tell(best);
    List<LeftOut> all = leftOut(best);
    tellStaying(best, dependencies, all);
    return new WaveSummary(planning, best, moved).plan(all, told.all());
  }

  private static boolean isBetter(Packing other, Packing best) {
    int fewer = Integer.compare(other.leftOut().size(), best.leftOut().size());
    return fewer < 0 || (fewer == 0 && other.used() < best.used());
  }

  private void sort(List<WaveVm> vms) {
    Set<VmRef> gone = new HashSet<>();
    planning.earlier().forEach(wave -> gone.addAll(wave.moved()));
    Room room = new Room(planning);
    List<WaveVm> sorted = new ArrayList<>(vms);
    sorted.sort(Comparator.comparing((WaveVm vm) -> vm.facts().ref(), BY_REF));
    for (WaveVm vm : sorted) {
      String tooLarge = vm.stays() == null ? room.tooLarge(vm) : vm.stays();
      if (gone.contains(vm.facts().ref())) {
        moved.add(vm);
      } else if (tooLarge == null) {
        moving.add(vm);
      } else {
        staying.add(new WaveVm(vm.facts(), tooLarge, vm.complexity(), vm.classes(), vm.marks()));
        leftOut.add(new LeftOut(vm.facts().ref(), vm.facts().name(), tooLarge));
      }
    }
  }

  private void tellNever(String what) {
    told.add(
        Finding.warning("WAVE-007", what, "give the policy a window that comes, or take it out"));
  }

  /** What is needed is as urgent as what needs it. */
  private static void inheritRanks(Units units) {
    Graph needs = units.graph().reversed();
    int count = units.all().size();
    int[] rank = new int[needs.size()];
    int[] waiting = new int[needs.size()];
    for (int node = 0; node < rank.length; node++) {
      rank[node] = node < count ? units.all().get(node).rank : Integer.MAX_VALUE;
      for (int need : needs.needers(node)) {
        waiting[need]++;
      }
    }
    List<Integer> sorted = new ArrayList<>(rank.length);
    for (int node = 0; node < rank.length; node++) {
      if (waiting[node] == 0) {
        sorted.add(node);
      }
    }
    for (int i = 0; i < sorted.size(); i++) {
      int node = sorted.get(i);
      for (int need : needs.needers(node)) {
        rank[need] = Math.min(rank[need], rank[node]);
        if (--waiting[need] == 0) {
          sorted.add(need);
        }
      }
    }
    units.all().forEach(u -> u.rank = rank[u.number]);
  }

  private static double weight(Room room, Unit unit, Slots slots) {
    double weight = room.weight(unit);
    long usable = room.usable(slots.longest()).toSeconds();
    return usable == 0 ? weight : Math.max(weight, (double) room.alone(unit).toSeconds() / usable);
  }

  private Set<Unit> pilots(Units units, Map<Unit, Double> weights) {
    if (!planning.earlier().isEmpty()) {
      units.all().forEach(u -> u.pilot = false);
      return Set.of();
    }
    return Pilots.of(units, planning, told, order(weights));
  }

  private Comparator<Unit> order(Map<Unit, Double> weights) {
    Comparator<Unit> urgent =
        Comparator.comparing((Unit u) -> !u.pilot).thenComparingInt(u -> u.rank);
    Comparator<Unit> owned = policy.byOwner() ? urgent.thenComparing((Unit u) -> u.owner) : urgent;
    return owned
        .thenComparingInt(u -> u.complexity / BAND)
        .thenComparing(weights::get, Comparator.reverseOrder())
        .thenComparingInt(u -> u.number);
  }

  private static Comparator<Unit> bySize(Map<Unit, Double> weights) {
    return Comparator.comparing((Unit u) -> !u.pilot)
        .thenComparingInt(u -> u.rank)
        .thenComparing(weights::get, Comparator.reverseOrder())
        .thenComparingInt(u -> u.number);
  }

  private Map<Unit, Packing.Wish> wishes(Units units, Set<Unit> pilots, List<Bin> bins) {
    Map<VmRef, Integer> before = new HashMap<>();
    for (int i = 0; i < planning.earlier().size(); i++) {
      int place = i;
      planning.earlier().get(i).vms().keySet().forEach(ref -> before.put(ref, place));
    }
    Map<Unit, Packing.Wish> wishes = new LinkedHashMap<>();
    for (Unit unit : units.all()) {
      Integer stay = before.isEmpty() ? null : most(unit, before);
      if (!unit.pins.isEmpty()) {
        String wave = unit.pins.first();
        wishes.put(unit, new Packing.Wish(Frame.place(bins, wave), true, "is pinned to " + wave));
      } else if (pilots.contains(unit)) {
        String why = policy.pilots().isEmpty() ? "pilot: one of the easiest" : "pilot";
        wishes.put(unit, new Packing.Wish(0, false, why));
      } else if (stay != null && !bins.get(stay).ran) {
        wishes.put(unit, new Packing.Wish(stay, false, "stays in " + bins.get(stay).name));
      }
    }
    return wishes;
  }

  /** Where most of its VMs were, of several the earliest; null where all are new. */
  private static @org.jspecify.annotations.Nullable Integer most(
      Unit unit, Map<VmRef, Integer> before) {
    Map<Integer, Integer> counts = new TreeMap<>();
    for (WaveVm vm : unit.vms) {
      Integer place = before.get(vm.facts().ref());
      if (place != null) {
        counts.merge(place, 1, Integer::sum);
      }
    }
    Integer best = null;
    for (Map.Entry<Integer, Integer> entry : counts.entrySet()) {
      if (best == null || entry.getValue() > counts.getOrDefault(best, 0)) {
        best = entry.getKey();
      }
    }
    return best;
  }

  /** What is planned is known only now: the packing leaves VMs out as well. */
  private void tellStaying(Packing packing, Dependencies dependencies, List<LeftOut> out) {
    Set<VmRef> planned = packing.waves().keySet();
    Map<VmRef, String> reasons = new HashMap<>();
    out.forEach(vm -> reasons.put(vm.ref(), vm.reason()));
    TornGroups.tell(
        staying, moving.stream().filter(vm -> planned.contains(vm.facts().ref())).toList(), told);
    List<WaveVm> every = new ArrayList<>(staying);
    every.addAll(moving);
    dependencies.tellStaying(every, policy, new StayingNeeds(planned, reasons, told));
  }

  private void tell(Packing packing) {
    for (Unit unit : packing.oversized()) {
      told.add(
          Finding.warning(
                  "WAVE-001",
                  unit.shown() + " is over the caps of a wave, and moves whole in one of its own",
                  "raise the caps, or split what keeps it together")
              .with(packing.room().over(unit)));
    }
    Map<String, List<Unit>> reasons = new TreeMap<>();
    packing
        .leftOut()
        .forEach(
            (unit, why) ->
                reasons
                    .computeIfAbsent(
                        new LeftOut(unit.first().facts().ref(), "", why).kind(),
                        w -> new ArrayList<>())
                    .add(unit));
    reasons.forEach(
        (why, units) -> {
          if (!why.startsWith("constraints conflict")) {
            tellLeftOut(why, units);
          }
        });
  }

  private void tellLeftOut(String why, List<Unit> units) {
    int vms = units.stream().mapToInt(u -> u.vms.size()).sum();
    long data = units.stream().mapToLong(u -> u.data).sum();
    boolean target = why.startsWith("the target") || why.startsWith("storage class");
    boolean pin = why.startsWith("it is ");
    told.add(
        new Finding(
            target ? "WAVE-006" : pin ? "WAVE-004" : "WAVE-005",
            Finding.Severity.BLOCKER,
            (vms == 1 ? "1 VM is" : vms + " VMs are") + " left out: " + why,
            target
                ? "give the target more, or leave others out"
                : pin
                    ? "change the pin or what stands against it"
                    : "give more or longer windows, less reserve, faster rates or fewer VMs",
            "first " + units.get(0).shown() + ", " + new ByteSize(data) + " in all"));
  }

  private List<LeftOut> leftOut(Packing packing) {
    List<LeftOut> all = new ArrayList<>(leftOut);
    packing
        .leftOut()
        .forEach(
            (unit, why) ->
                unit.vms.forEach(
                    vm -> all.add(new LeftOut(vm.facts().ref(), vm.facts().name(), why))));
    all.sort(Comparator.comparing(LeftOut::ref, BY_REF));
    return all;
  }
}
