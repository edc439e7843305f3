package dev.drover.mappings.waves;

import dev.drover.mappings.estimate.Copied;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** VMs that move together, most often one. Made whole by {@link Units}, then never changed. */
final class Unit {
  final int number;
  final List<WaveVm> vms = new ArrayList<>();
  final SortedSet<Integer> apart = new TreeSet<>();
  final Map<String, Long> classes = new TreeMap<>();
  final SortedSet<String> pins = new TreeSet<>();
  long cpus;
  long memory;
  long size;
  long data;
  int complexity;
  boolean pilot;
  String owner = "";

  private @Nullable List<Copied> copied;

  /** What binds it, for people; null where it is one VM. */
  @Nullable String label;

  /** Place of its most critical VM in the policy's words; behind all of them where unknown. */
  int rank;

  Unit(int number) {
    this.number = number;
  }

  void add(WaveVm vm, List<String> criticality) {
    if (vms.isEmpty()) {
      owner = vm.facts().owner() == null ? "" : vm.facts().owner();
    }
    vms.add(vm);
    apart.addAll(vm.marks().apart());
    pins.addAll(vm.marks().pins());
    pilot |= vm.marks().pilot();
    vm.classes().forEach((name, bytes) -> classes.merge(name, bytes, Long::sum));
    cpus += vm.facts().cpus();
    memory += vm.facts().memory().bytes();
    size += vm.facts().size().bytes();
    data += vm.facts().data().bytes();
    complexity = Math.max(complexity, vm.complexity());
    String word = vm.facts().criticality();
    int place = word == null ? -1 : criticality.indexOf(word);
    rank = Math.max(rank, place < 0 ? criticality.size() : place);
  }

  /** What its copies go through; made once. */
  List<Copied> copied() {
    if (copied == null) {
      copied = vms.stream().map(WaveVm::copied).toList();
    }
    return copied;
  }

  WaveVm first() {
    return vms.get(0);
  }

  /** For people. */
  String shown() {
    String name = "\"" + first().facts().name() + "\"";
    return vms.size() == 1 ? name : name + " and " + (vms.size() - 1) + " more (" + label + ")";
  }
}
