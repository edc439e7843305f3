package dev.drover.mappings.waves;

import dev.drover.mappings.model.VmRef;
import dev.drover.mappings.waves.WavePlan.LeftOut;
import dev.drover.mappings.waves.WavePlan.Slot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts units into waves, each into the first that takes it. What is needed comes before what needs
 * it; pins and what an earlier plan had come first, so that the others find room around them.
 *
 * <p>It is longer than other files: wishes, order, search and eviction work on one set of arrays.
 */
final class Packing {
  /** A wave that so many units in a row found full is closed; keeps large estates linear. */
  private static final int MOST_REFUSALS = 100;

  /** Windows too short for a unit are passed over, but not for ever. */
  private static final int MOST_SKIPPED = 400;

  /** So many closed waves in the way are taken out of it. */
  private static final int MOST_CLOSED = 16;

  private static final int NOWHERE = -1;

  private final Planning planning;
  private final Units units;
  private final Slots slots;
  private final Room room;
  private final boolean timed;
  private final boolean dated;
  private final Comparator<Unit> order;
  private final List<Bin> bins;
  private final Graph needers;
  private final Graph needs;
  private final int[] wave;
  private final int[] highestOfRank;
  private final String[] because;
  private final Map<Unit, String> cannotStay = new HashMap<>();
  private final int[] highestOfRule;
  private final boolean[] fixed;
  private final int[] deadline;
  private final Map<Unit, String> leftOut = new LinkedHashMap<>();
  private final Set<Unit> oversized = new LinkedHashSet<>();
  private final List<Integer> open = new ArrayList<>();

  /**
   * Prepares.
   *
   * @param bins those that are there from the beginning, in their order: pilots, pins, earlier ones
   * @param leftOut units that have been found to conflict
   */
  Packing(
      Planning planning,
      Units units,
      Slots slots,
      List<Bin> bins,
      Map<Unit, String> leftOut,
      Comparator<Unit> order) {
    this.planning = planning;
    this.units = units;
    this.slots = slots;
    this.room = new Room(planning);
    this.dated = !planning.policy().waves().windows().isEmpty();
    this.timed = dated || bins.stream().anyMatch(b -> b.slot != null);
    this.order = order;
    this.bins = new ArrayList<>(bins);
    for (int i = 0; i < bins.size(); i++) {
      open.add(i);
    }
    this.leftOut.putAll(leftOut);
    this.needers = units.graph();
    this.needs = needers.reversed();
    this.wave = new int[needers.size()];
    Arrays.fill(wave, NOWHERE);
    this.highestOfRule = new int[needers.size()];
    Arrays.fill(highestOfRule, Integer.MAX_VALUE);
    this.because = new String[units.all().size()];
    this.deadline = new int[needers.size()];
    this.fixed = new boolean[units.all().size()];
    this.highestOfRank = new int[planning.policy().waves().criticality().size() + 1];
    Arrays.fill(highestOfRank, NOWHERE);
  }

  /** Where a unit is wanted before anything else. */
  record Wish(int bin, boolean must, String because) {}

  /**
   * Packs.
   *
   * @param wishes of pins, pilots and earlier plans
   */
  Packing run(Map<Unit, Wish> wishes) {
    deadlines(wishes);
    List<Integer> sequence = sequence();
    grant(wishes, true, sequence);
    grant(wishes, false, planning.earlier().isEmpty() ? sequence : easiestFirst(sequence));
    sequence.forEach(this::throughRule);
    for (int node : sequence) {
      if (node < units.all().size()) {
        Unit unit = units.all().get(node);
        if (wave[node] == NOWHERE && !leftOut.containsKey(unit)) {
          place(unit, wishes.get(unit));
        }
      }
      throughRule(node);
    }
    return this;
  }

  private void grant(Map<Unit, Wish> wishes, boolean must, List<Integer> sequence) {
    for (int node : sequence) {
      if (node < units.all().size()) {
        Wish wish = wishes.get(units.all().get(node));
        if (wish != null && wish.must() == must) {
          grant(units.all().get(node), wish);
        }
      }
      throughRule(node);
    }
  }

  /**
   * For a replan: what takes little of a wave for each of its VMs stays first, so that as many as
   * can stay, and what has grown leaves and not what was beside it. Both sides of a dependency look
   * at the other, so that any order keeps it.
   */
  private List<Integer> easiestFirst(List<Integer> sequence) {
    List<Integer> easiest = new ArrayList<>(sequence);
    easiest.removeIf(node -> node >= units.all().size());
    Map<Integer, Double> shares = new HashMap<>();
    for (int node : easiest) {
      Unit unit = units.all().get(node);
      shares.put(node, room.weight(unit) / unit.vms.size());
    }
    easiest.sort(
        Comparator.comparingDouble((Integer node) -> shares.getOrDefault(node, 0.0))
            .thenComparing(Comparator.naturalOrder()));
    return easiest;
  }

  /** What is needed by something that is pinned has to be there by then, and is placed early. */
  private void deadlines(Map<Unit, Wish> wishes) {
    Arrays.fill(deadline, Integer.MAX_VALUE);
    List<Integer> open = new ArrayList<>();
    wishes.forEach(
        (unit, wish) -> {
          if (wish.must()) {
            deadline[unit.number] = wish.bin();
            open.add(unit.number);
          }
        });
    for (int i = 0; i < open.size(); i++) {
      for (int need : needs.needers(open.get(i))) {
        if (deadline[need] > deadline[open.get(i)]) {
          deadline[need] = deadline[open.get(i)];
          open.add(need);
        }
      }
    }
  }

  /** What is needed before what needs it, and of what may come next the first in the order. */
  private List<Integer> sequence() {
    int count = needers.size();
    int[] waiting = new int[count];
    for (int node = 0; node < count; node++) {
      for (int needer : needers.needers(node)) {
        waiting[needer]++;
      }
    }
    PriorityQueue<Unit> free =
        new PriorityQueue<>(
            Comparator.comparingInt((Unit u) -> deadline[u.number]).thenComparing(order));
    List<Integer> rules = new ArrayList<>();
    for (int node = 0; node < count; node++) {
      if (waiting[node] == 0) {
        ready(node, free, rules);
      }
    }
    List<Integer> sequence = new ArrayList<>(count);
    while (!free.isEmpty() || !rules.isEmpty()) {
      int node = rules.isEmpty() ? free.remove().number : rules.remove(rules.size() - 1);
      sequence.add(node);
      for (int needer : needers.needers(node)) {
        if (--waiting[needer] == 0) {
          ready(needer, free, rules);
        }
      }
    }
    return sequence;
  }

  private void ready(int node, PriorityQueue<Unit> free, List<Integer> rules) {
    if (node < units.all().size()) {
      free.add(units.all().get(node));
    } else {
      rules.add(node);
    }
  }

  /** What holds an order and no place: a rule, or a unit that is left out. */
  private boolean isPassed(int node) {
    return node >= units.all().size() || leftOut.containsKey(units.all().get(node));
  }

  /** It stands where the last of what it needs does. */
  private void throughRule(int node) {
    if (isPassed(node)) {
      wave[node] = lowest(node);
    }
  }

  private int lowest(int node) {
    int lowest = NOWHERE;
    for (int need : needs.needers(node)) {
      lowest = Math.max(lowest, wave[need]);
    }
    return lowest;
  }

  /** Of a rule it is kept, since many VMs may hang on one. */
  private int highest(int node) {
    int highest = Integer.MAX_VALUE;
    for (int needer : needers.needers(node)) {
      if (isPassed(needer)) {
        highest = Math.min(highest, highestOfRule[needer]);
      } else if (wave[needer] != NOWHERE) {
        highest = Math.min(highest, wave[needer]);
      }
    }
    return highest;
  }

  private void grant(Unit unit, Wish wish) {
    if (leftOut.containsKey(unit)) {
      return;
    }
    Bin bin = bins.get(wish.bin());
    boolean ordered = lowest(unit.number) <= wish.bin() && wish.bin() <= highest(unit.number);
    boolean alone = bin.units.isEmpty() && !room.fitsAlone(unit) && room.fitsTime(bin, unit);
    if (ordered && !bin.ran && room.targetHolds(unit) && (alone || room.fits(bin, unit))) {
      fixed[unit.number] = wish.must();
      if (alone) {
        oversized(bin, unit);
      }
      put(unit, wish.bin(), wish.because());
    } else if (wish.must()) {
      leftOut.put(unit, "it " + wish.because() + ", but " + whyNot(bin, unit, ordered));
    } else {
      cannotStay.put(unit, whyNot(bin, unit, ordered));
    }
  }

  private String whyNot(Bin bin, Unit unit, boolean ordered) {
    String missing = room.missing(unit);
    if (!ordered) {
      return "a dependency wants it in another";
    } else if (bin.ran) {
      return bin.slot == null && dated ? "no window is left for that" : "that has run";
    } else if (missing != null) {
      return missing;
    } else if (unit.apart.stream().anyMatch(bin.apart::contains)) {
      return "one that is there is to be kept apart from it";
    }
    return bin.units.isEmpty()
        ? "it is too long for the window"
        : "what is there leaves no room for it (" + bin.vms + " VMs)";
  }

  private void oversized(Bin bin, Unit unit) {
    bin.oversized = true;
    oversized.add(unit);
  }

  private void put(Unit unit, int at, String why) {
    Bin bin = bins.get(at);
    bin.add(unit, timed);
    room.take(unit);
    wave[unit.number] = at;
    because[unit.number] = why;
    if (deadline[unit.number] == Integer.MAX_VALUE) {
      highestOfRank[unit.rank] = Math.max(highestOfRank[unit.rank], at);
    }
    for (int need : needs.needers(unit.number)) {
      highestOfRule[need] = Math.min(highestOfRule[need], at);
    }
  }

  private void place(Unit unit, @Nullable Wish wish) {
    String missing = room.missing(unit);
    if (missing != null) {
      leftOut.put(unit, missing);
      return;
    }
    int high = Math.min(highest(unit.number), deadline[unit.number]);
    int needed = lowest(unit.number);
    int low = floor(unit) > high ? needed : Math.max(needed, floor(unit));
    int at = find(unit, Math.max(0, low), high);
    if (at == NOWHERE && high < Integer.MAX_VALUE) {
      at = find(unit, Math.max(0, low), Integer.MAX_VALUE);
      if (at != NOWHERE) {
        evict(unit.number, at);
      }
    }
    if (at == NOWHERE) {
      leftOut.put(unit, noWindow(unit));
      return;
    }
    put(unit, at, reason(unit, at, low, wish));
  }

  private int floor(Unit unit) {
    int floor = NOWHERE;
    for (int rank = 0; rank < unit.rank; rank++) {
      floor = Math.max(floor, highestOfRank[rank]);
    }
    return floor;
  }

  private String reason(Unit unit, int at, int low, @Nullable Wish wish) {
    String begin =
        wish == null
            ? ""
            : "cannot be in "
                + bins.get(wish.bin()).name
                + ", since "
                + cannotStay.getOrDefault(unit, "what it needs comes later now")
                + "; ";
    int needed = lowest(unit.number);
    if (bins.get(at).oversized) {
      return begin + "alone: it is over the caps of a wave";
    } else if (needed == at && needed >= floor(unit)) {
      return begin + "not before what it needs";
    } else if (low == at && floor(unit) == at) {
      return begin + "not before the less critical ones";
    }
    return begin + "the first wave with room for it";
  }

  private int find(Unit unit, int low, int high) {
    boolean alone = !room.fitsAlone(unit);
    int closed = 0;
    for (int k = begin(low); k < open.size() && open.get(k) <= high; k++) {
      int i = open.get(k);
      Bin bin = bins.get(i);
      if (isClosed(bin) || (bin.pilot && !unit.pilot)) {
        closed++;
        continue;
      }
      if (alone ? bin.isEmpty() && room.fitsTime(bin, unit) : room.fits(bin, unit)) {
        if (alone) {
          oversized(bin, unit);
        }
        return i;
      }
      bin.refused++;
    }
    if (closed > MOST_CLOSED) {
      open.removeIf(i -> isClosed(bins.get(i)));
    }
    return high < Integer.MAX_VALUE ? NOWHERE : open(unit, alone);
  }

  /** Where among the open waves those from a place on begin. */
  private int begin(int low) {
    int place = Collections.binarySearch(open, low);
    return place >= 0 ? place : -place - 1;
  }

  private static boolean isClosed(Bin bin) {
    return bin.ran || bin.oversized || bin.refused >= MOST_REFUSALS;
  }

  /** New waves until one takes it; those before it stay for shorter ones. */
  private int open(Unit unit, boolean alone) {
    if (dated && room.alone(unit).compareTo(room.usable(slots.longest())) > 0) {
      return NOWHERE;
    }
    int before = bins.size();
    for (int skipped = 0; skipped < MOST_SKIPPED; skipped++) {
      Bin bin = new Bin(false, null);
      if (dated) {
        Optional<Slot> slot = slots.after(lastEnd());
        if (slot.isEmpty()) {
          break;
        }
        bin.slot = slot.get();
      }
      bins.add(bin);
      open.add(bins.size() - 1);
      if (alone ? room.fitsTime(bin, unit) : room.fits(bin, unit)) {
        if (alone) {
          oversized(bin, unit);
        }
        return bins.size() - 1;
      }
    }
    while (bins.size() > before) {
      bins.remove(bins.size() - 1);
      open.remove(open.size() - 1);
    }
    return NOWHERE;
  }

  private Instant lastEnd() {
    for (int i = bins.size() - 1; i >= 0; i--) {
      Slot slot = bins.get(i).slot;
      if (slot != null) {
        return slot.end().toInstant();
      }
    }
    return planning.from();
  }

  private String noWindow(Unit unit) {
    Duration needed = room.alone(unit);
    Duration usable = room.usable(slots.longest());
    if (usable.isZero()) {
      return "no window comes";
    } else if (needed.compareTo(usable) > 0) {
      return LeftOut.TOO_LONG + hours(needed) + " of " + hours(usable) + " less the reserve";
    }
    return "no window is left with room for it";
  }

  static String hours(Duration time) {
    long minutes = (time.toSeconds() + 59) / 60;
    return minutes / 60 + " h " + minutes % 60 + " min";
  }

  /** What needs it and is before it has to go behind it. */
  private void evict(int node, int at) {
    for (int needer : needers.needers(node)) {
      if (isPassed(needer)) {
        if (highestOfRule[needer] < at) {
          evict(needer, at);
          highestOfRule[needer] = highest(needer);
        }
      } else if (wave[needer] != NOWHERE && wave[needer] < at) {
        Unit unit = units.all().get(needer);
        bins.get(wave[needer]).remove(unit, timed);
        room.giveBack(unit);
        wave[needer] = NOWHERE;
        if (fixed[needer]) {
          leftOut.put(unit, "it " + because[needer] + ", but what it needs finds no room by then");
        }
      }
    }
  }

  List<Bin> bins() {
    return bins;
  }

  Map<Unit, String> leftOut() {
    return leftOut;
  }

  Set<Unit> oversized() {
    return oversized;
  }

  String because(Unit unit) {
    return because[unit.number];
  }

  Room room() {
    return room;
  }

  /** How many waves hold something. */
  long used() {
    return bins.stream().filter(b -> !b.isEmpty()).count();
  }

  /** The wave of each VM. */
  Map<VmRef, Integer> waves() {
    Map<VmRef, Integer> waves = new HashMap<>();
    for (int i = 0; i < bins.size(); i++) {
      for (Unit unit : bins.get(i).units) {
        for (WaveVm vm : unit.vms) {
          waves.put(vm.facts().ref(), i);
        }
      }
    }
    return waves;
  }
}
