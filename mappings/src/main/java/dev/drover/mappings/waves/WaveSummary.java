package dev.drover.mappings.waves;

import dev.drover.mappings.estimate.Copied;
import dev.drover.mappings.estimate.SimulateWave;
import dev.drover.mappings.estimate.TimeRange;
import dev.drover.mappings.model.ByteSize;
import dev.drover.mappings.model.Finding;
import dev.drover.mappings.model.VmRef;
import dev.drover.mappings.policy.WavesPolicy.Caps;
import dev.drover.mappings.sizing.NodeShape;
import dev.drover.mappings.waves.WavePlan.LeftOut;
import dev.drover.mappings.waves.WavePlan.Load;
import dev.drover.mappings.waves.WavePlan.PlacedVm;
import dev.drover.mappings.waves.WavePlan.PlannedWave;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Says of packed waves what they move, how long they take and what the target then holds. */
final class WaveSummary {
  private final Planning planning;
  private final Packing packing;
  private final Map<VmRef, WaveVm> moved = new java.util.HashMap<>();
  private final NodeShape node;
  private long cpus;
  private double memory;
  private int vms;

  WaveSummary(Planning planning, Packing packing, List<WaveVm> moved) {
    this.planning = planning;
    this.packing = packing;
    moved.forEach(vm -> this.moved.put(vm.facts().ref(), vm));
    this.node = NodeShape.of(planning.profile(), planning.policy().sizing());
  }

  WavePlan plan(List<LeftOut> leftOut, List<Finding> problems) {
    List<Bin> bins = packing.bins();
    List<PlannedWave> waves = new ArrayList<>();
    for (int i = 0; i < planning.earlier().size(); i++) {
      Planning.Earlier earlier = planning.earlier().get(i);
      Bin bin = bins.get(i);
      new TreeMap<>(byText(earlier.vms()))
          .forEach(
              (text, ref) -> {
                if (earlier.moved().contains(ref)) {
                  bin.moved.add(
                      new PlacedVm(
                          ref, earlier.vms().getOrDefault(ref, text), null, "has moved already"));
                }
              });
    }
    List<Bin> used = bins.stream().filter(bin -> !bin.isEmpty()).toList();
    Frame.name(used);
    used.forEach(bin -> waves.add(wave(bin)));
    return new WavePlan(waves, leftOut, problems);
  }

  private static Map<String, VmRef> byText(Map<VmRef, String> vms) {
    Map<String, VmRef> byText = new TreeMap<>();
    vms.keySet().forEach(ref -> byText.put(ref.toString(), ref));
    return byText;
  }

  private PlannedWave wave(Bin bin) {
    List<PlacedVm> placed = new ArrayList<>(bin.moved);
    List<WaveVm> copying = new ArrayList<>();
    for (Unit unit : bin.units) {
      String because = packing.because(unit);
      for (WaveVm vm : unit.vms) {
        placed.add(new PlacedVm(vm.facts().ref(), vm.facts().name(), unit.label, because));
        copying.add(vm);
      }
    }
    // Not in the order of packing, which another planning of the same need not share.
    copying.sort(
        Comparator.comparing((WaveVm vm) -> vm.facts().ref().source())
            .thenComparing(vm -> vm.facts().ref().id()));
    List<Copied> copied = copying.stream().map(WaveVm::copied).toList();
    placed.sort(
        Comparator.comparing((PlacedVm vm) -> vm.ref().source())
            .thenComparing(vm -> vm.ref().id()));
    Caps caps = planning.policy().waves().caps();
    SimulateWave.Length fast = SimulateWave.fast(copied, planning.rates(), caps);
    SimulateWave.Length slow = SimulateWave.slow(copied, planning.rates(), caps);
    count(bin);
    return new PlannedWave(
        String.valueOf(bin.name),
        bin.pilot,
        bin.slot,
        placed,
        new Load(
            placed.size(),
            bin.cpus,
            new ByteSize(bin.memory),
            new ByteSize(bin.size),
            new ByteSize(bin.data)),
        range(fast.copies(), slow.copies()),
        range(fast.whole(), slow.whole()),
        node.count(cpus, memory, vms).nodes());
  }

  private void count(Bin bin) {
    cpus += bin.cpus;
    memory += bin.memory;
    vms += bin.vms;
    for (PlacedVm vm : bin.moved) {
      WaveVm known = moved.get(vm.ref());
      vms++;
      cpus += known == null ? 0 : known.facts().cpus();
      memory += known == null ? 0 : known.facts().memory().bytes();
    }
  }

  /** Sharing is fair, not clever: a faster link can in rare cases end a wave later. */
  private static TimeRange range(Duration fast, Duration slow) {
    return fast.compareTo(slow) <= 0 ? new TimeRange(fast, slow) : new TimeRange(slow, fast);
  }
}
