package dev.drover.mappings.waves;

import dev.drover.mappings.estimate.Copied;
import dev.drover.mappings.waves.WavePlan.Slot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A wave while it is being filled. */
final class Bin {
  /** Null until the waves are numbered. */
  @Nullable String name;

  @Nullable Slot slot;
  final boolean pilot;

  /** Takes nothing any more, since it has run. */
  boolean ran;

  /** Holds a unit that is over the caps, alone. */
  boolean oversized;

  final List<Unit> units = new ArrayList<>();

  /** VMs that have moved, of which nothing counts any more. */
  final List<WavePlan.PlacedVm> moved = new ArrayList<>();

  final Set<Integer> apart = new HashSet<>();
  final Map<String, Long> classes = new HashMap<>();
  final List<Copied> copied = new ArrayList<>();
  int vms;
  long cpus;
  long memory;
  long size;
  long data;

  /** How many units in a row found no room. */
  int refused;

  Bin(boolean pilot, @Nullable String name) {
    this.pilot = pilot;
    this.name = name;
  }

  void add(Unit unit, boolean timed) {
    units.add(unit);
    count(unit, 1);
    apart.addAll(unit.apart);
    refused = 0;
    if (timed) {
      copied.addAll(unit.copied());
    }
  }

  void remove(Unit unit, boolean timed) {
    units.remove(unit);
    count(unit, -1);
    apart.clear();
    units.forEach(u -> apart.addAll(u.apart));
    if (timed) {
      copied.clear();
      units.forEach(u -> copied.addAll(u.copied()));
    }
    oversized &= !units.isEmpty();
  }

  private void count(Unit unit, int sign) {
    vms += sign * unit.vms.size();
    cpus += sign * unit.cpus;
    memory += sign * unit.memory;
    size += sign * unit.size;
    data += sign * unit.data;
    unit.classes.forEach((name, bytes) -> classes.merge(name, sign * bytes, Long::sum));
  }

  boolean isEmpty() {
    return units.isEmpty() && moved.isEmpty();
  }
}
