package dev.drover.mappings.waves;

import dev.drover.mappings.estimate.Copied;
import dev.drover.mappings.estimate.Rates;
import dev.drover.mappings.estimate.SimulateWave;
import dev.drover.mappings.model.ByteSize;
import dev.drover.mappings.policy.WavesPolicy.Caps;
import dev.drover.mappings.profile.TargetProfile;
import dev.drover.mappings.profile.TargetProfile.NodeGroup;
import dev.drover.mappings.profile.TargetProfile.StorageClass;
import dev.drover.mappings.sizing.EstateSizing;
import dev.drover.mappings.sizing.TargetRoom;
import dev.drover.mappings.waves.WavePlan.Slot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a wave and the target hold, and what of it is left. */
final class Room {
  private final Caps caps;
  private final Rates rates;
  private final long cpus;
  private final long memory;
  private final Map<String, Long> classes = new HashMap<>();
  private final long largestMemory;
  private final long largestCpus;
  private long usedCpus;
  private long usedMemory;
  private final Map<String, Long> usedClasses = new HashMap<>();

  Room(Planning planning) {
    this.caps = planning.policy().waves().caps();
    this.rates = planning.rates();
    TargetProfile profile = planning.profile();
    EstateSizing.Capacity free = TargetRoom.of(profile, planning.policy().sizing());
    this.cpus = free == null || free.cpus() == null ? Long.MAX_VALUE : free.cpus();
    this.memory = free == null || free.memory() == null ? Long.MAX_VALUE : free.memory().bytes();
    List<StorageClass> all = profile.storageClasses();
    for (StorageClass one : all == null ? List.<StorageClass>of() : all) {
      if (one.free() != null) {
        classes.put(one.name(), (long) TargetRoom.of(one, planning.policy().sizing()));
      }
    }
    List<NodeGroup> nodes = profile.nodes();
    boolean known = nodes != null && !nodes.isEmpty();
    this.largestMemory =
        known && nodes != null
            ? nodes.stream().mapToLong(n -> n.memory().bytes()).max().orElseThrow()
            : Long.MAX_VALUE;
    this.largestCpus =
        known && nodes != null
            ? nodes.stream().mapToLong(NodeGroup::threads).max().orElseThrow()
            : Long.MAX_VALUE;
  }

  /** Why no node of the target can run a VM, or null. */
  @Nullable String tooLarge(WaveVm vm) {
    if (vm.facts().memory().bytes() > largestMemory) {
      return "no node of the target holds its "
          + vm.facts().memory()
          + " of memory: the largest has "
          + new ByteSize(largestMemory);
    } else if (vm.facts().cpus() > largestCpus) {
      return "no node of the target has its "
          + vm.facts().cpus()
          + " processors: the largest has "
          + largestCpus;
    }
    return null;
  }

  /** Whether nothing is known of a target's capacity or all of it is free enough. */
  boolean targetHolds(Unit unit) {
    return missing(unit) == null;
  }

  /** What the target lacks for a unit, or null. */
  @Nullable String missing(Unit unit) {
    if (unit.cpus > cpus - usedCpus) {
      return "the target has no processors left for " + unit.cpus + " more";
    } else if (unit.memory > memory - usedMemory) {
      return "the target has no memory left for " + new ByteSize(unit.memory) + " more";
    }
    for (Map.Entry<String, Long> need : unit.classes.entrySet()) {
      Long free = classes.get(need.getKey());
      if (free != null && need.getValue() > free - usedClasses.getOrDefault(need.getKey(), 0L)) {
        return "storage class "
            + need.getKey()
            + " has no space left for "
            + new ByteSize(need.getValue())
            + " more";
      }
    }
    return null;
  }

  void take(Unit unit) {
    use(unit, 1);
  }

  void giveBack(Unit unit) {
    use(unit, -1);
  }

  private void use(Unit unit, int sign) {
    usedCpus += sign * unit.cpus;
    usedMemory += sign * unit.memory;
    unit.classes.forEach((name, bytes) -> usedClasses.merge(name, sign * bytes, Long::sum));
  }

  /** Whether the wave takes the unit beside what it has; the target's whole is no matter here. */
  boolean fits(Bin bin, Unit unit) {
    return bin.vms + unit.vms.size() <= caps.vms()
        && !bin.oversized
        && within(bin.data, unit.data, caps.data())
        && (caps.cpus() == null || bin.cpus + unit.cpus <= caps.cpus())
        && within(bin.memory, unit.memory, caps.memory())
        && (unit.apart.isEmpty() || unit.apart.stream().noneMatch(bin.apart::contains))
        && inShare(bin, unit)
        && inTime(bin, unit);
  }

  private static boolean within(long has, long more, @Nullable ByteSize cap) {
    return cap == null || has + more <= cap.bytes();
  }

  private boolean inShare(Bin bin, Unit unit) {
    Double share = caps.waveShare();
    if (share == null) {
      return true;
    }
    for (Map.Entry<String, Long> need : unit.classes.entrySet()) {
      Long free = classes.get(need.getKey());
      long has = bin.classes.getOrDefault(need.getKey(), 0L);
      if (free != null && has + need.getValue() > free * share) {
        return false;
      }
    }
    return (cpus == Long.MAX_VALUE || bin.cpus + unit.cpus <= cpus * share)
        && (memory == Long.MAX_VALUE || bin.memory + unit.memory <= memory * share);
  }

  private boolean inTime(Bin bin, Unit unit) {
    Slot slot = bin.slot;
    if (slot == null) {
      return true;
    }
    Duration usable = usable(Duration.between(slot.start(), slot.end()));
    // Nearly all that do not fit need no play to see it.
    double link = (bin.data + unit.data) / rates.link() * rates.slower();
    if (link > usable.toSeconds()) {
      return false;
    }
    List<Copied> all = new ArrayList<>(bin.copied);
    all.addAll(unit.copied());
    return length(all).compareTo(usable) <= 0;
  }

  /** Whether an empty wave without a window takes it: no cap says no. */
  boolean fitsAlone(Unit unit) {
    return fits(new Bin(false, null), unit);
  }

  /** Whether a wave that has nothing else can move it in its window. */
  boolean fitsTime(Bin bin, Unit unit) {
    return inTime(bin, unit);
  }

  /** How long a unit takes by itself at the slow end. */
  Duration alone(Unit unit) {
    return length(unit.copied());
  }

  private Duration length(List<Copied> vms) {
    return SimulateWave.slow(vms, rates, caps).whole();
  }

  /** A window less the reserve for going back. */
  Duration usable(Duration window) {
    return Duration.ofSeconds((long) Math.floor(window.toSeconds() * (1 - caps.reserve()) + 1e-6));
  }

  /** The caps that a unit is over, in words. */
  String over(Unit unit) {
    List<String> words = new ArrayList<>();
    if (unit.vms.size() > caps.vms()) {
      words.add(unit.vms.size() + " VMs of " + caps.vms());
    }
    ByteSize data = caps.data();
    if (data != null && unit.data > data.bytes()) {
      words.add(new ByteSize(unit.data) + " of " + data);
    }
    Integer most = caps.cpus();
    if (most != null && unit.cpus > most) {
      words.add(unit.cpus + " processors of " + most);
    }
    ByteSize ram = caps.memory();
    if (ram != null && unit.memory > ram.bytes()) {
      words.add(new ByteSize(unit.memory) + " of memory of " + ram);
    }
    return words.isEmpty() ? "more than a wave's share of the target" : String.join(", ", words);
  }

  /** How large a unit is beside what a wave holds: its largest share of any cap. */
  double weight(Unit unit) {
    double weight = (double) unit.vms.size() / caps.vms();
    ByteSize data = caps.data();
    weight =
        data == null ? weight : Math.max(weight, (double) unit.data / Math.max(1, data.bytes()));
    Integer most = caps.cpus();
    weight = most == null ? weight : Math.max(weight, (double) unit.cpus / Math.max(1, most));
    ByteSize ram = caps.memory();
    return ram == null ? weight : Math.max(weight, (double) unit.memory / Math.max(1, ram.bytes()));
  }
}
