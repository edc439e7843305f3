package dev.drover.batch.run;

import dev.drover.batch.ledger.VmRecord;
import dev.drover.mappings.failure.UsageFailed;
import dev.drover.mappings.model.VmRef;
import dev.drover.mappings.plan.MigrationPlan;
import dev.drover.mappings.plan.Names;
import dev.drover.mappings.plan.Naming;
import dev.drover.mappings.plan.VmPlan;
import dev.drover.mappings.plan.Wave;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The VMs that the user chose, wave by wave in the order of the plan.
 *
 * @param waves none is empty
 */
record Choice(List<Wave> waves) {
  Choice {
    waves = List.copyOf(waves);
  }

  /**
   * Chooses.
   *
   * @param waveNames empty is all
   * @param vmNames empty is all
   * @param known what the ledger has, for names at the target
   * @throws UsageFailed on a name that is not there or that is not one VM's alone
   */
  static Choice of(
      MigrationPlan plan,
      List<String> waveNames,
      List<String> vmNames,
      Collection<VmRecord> known) {
    List<Wave> waves = wavesOf(plan, waveNames);
    if (vmNames.isEmpty()) {
      return new Choice(waves.stream().filter(w -> !w.vms().isEmpty()).toList());
    }
    Set<VmRef> refs = refsOf(waves, plan.naming(), vmNames, known);
    List<Wave> chosen = new ArrayList<>();
    for (Wave wave : waves) {
      List<VmPlan> vms = wave.vms().stream().filter(v -> refs.contains(v.ref())).toList();
      if (!vms.isEmpty()) {
        chosen.add(wave.with(vms));
      }
    }
    return new Choice(chosen);
  }

  private static List<Wave> wavesOf(MigrationPlan plan, List<String> names) {
    List<String> there = plan.waves().stream().map(Wave::name).toList();
    for (String name : names) {
      if (!there.contains(name)) {
        throw new UsageFailed(
            "--wave " + name,
            "the plan \"" + plan.name() + "\" has no such wave",
            NearestName.remedy(name, there));
      }
    }
    return plan.waves().stream().filter(w -> names.isEmpty() || names.contains(w.name())).toList();
  }

  private static Set<VmRef> refsOf(
      List<Wave> waves, Naming naming, List<String> names, Collection<VmRecord> known) {
    Map<String, Set<VmRef>> byName = new HashMap<>();
    Set<VmRef> here = new LinkedHashSet<>();
    for (Wave wave : waves) {
      for (VmPlan vm : wave.vms()) {
        here.add(vm.ref());
        name(byName, vm.ref().toString(), vm.ref());
        name(byName, vm.ref().id(), vm.ref());
        name(byName, vm.sourceName(), vm.ref());
        name(byName, Names.of(naming, vm), vm.ref());
      }
    }
    for (VmRecord vm : known) {
      if (here.contains(vm.ref()) && !vm.target().isEmpty()) {
        name(byName, vm.target(), vm.ref());
        name(byName, vm.target().substring(vm.target().indexOf('/') + 1), vm.ref());
      }
    }
    Set<VmRef> chosen = new LinkedHashSet<>();
    names.forEach(name -> chosen.add(one(name, byName)));
    return chosen;
  }

  private static void name(Map<String, Set<VmRef>> byName, String name, VmRef ref) {
    byName.computeIfAbsent(name, n -> new LinkedHashSet<>()).add(ref);
  }

  private static VmRef one(String name, Map<String, Set<VmRef>> byName) {
    Set<VmRef> found = byName.getOrDefault(name, Set.of());
    if (found.size() == 1) {
      return found.iterator().next();
    }
    if (found.isEmpty()) {
      throw new UsageFailed(
          "--vm " + name,
          "there is no such VM among those of the plan that were asked for",
          NearestName.remedy(name, byName.keySet()));
    }
    throw new UsageFailed(
        "--vm " + name,
        found.size() + " VMs are called so",
        "name it as one of: "
            + String.join(", ", found.stream().map(VmRef::toString).sorted().toList()));
  }

  /** All VMs in order. */
  List<VmPlan> vms() {
    return waves.stream().flatMap(w -> w.vms().stream()).toList();
  }

  /** The nearest right words. */
  static final class NearestName {
    private static final int MOST = 3;

    private NearestName() {}

    static String remedy(String wrong, Collection<String> right) {
      List<String> near =
          right.stream()
              .distinct()
              .filter(r -> distance(wrong, r) <= Math.max(2, wrong.length() / 3))
              .sorted(
                  java.util.Comparator.comparingInt((String r) -> distance(wrong, r))
                      .thenComparing(r -> r))
              .limit(MOST)
              .toList();
      if (!near.isEmpty()) {
        return "did you mean \"" + String.join("\" or \"", near) + "\"?";
      }
      List<String> some = right.stream().sorted().limit(10).toList();
      return some.isEmpty()
          ? "add it to the plan"
          : "use one of: " + String.join(", ", some) + (right.size() > 10 ? ", …" : "");
    }

    /** Levenshtein's distance without regard to case. */
    private static int distance(String a, String b) {
      String x = a.toLowerCase(Locale.ROOT);
      String y = b.toLowerCase(Locale.ROOT);
      int[] row = new int[y.length() + 1];
      for (int j = 0; j <= y.length(); j++) {
        row[j] = j;
      }
      for (int i = 1; i <= x.length(); i++) {
        int diagonal = row[0];
        row[0] = i;
        for (int j = 1; j <= y.length(); j++) {
          int above = row[j];
          int replaced = diagonal + (x.charAt(i - 1) == y.charAt(j - 1) ? 0 : 1);
          row[j] = Math.min(replaced, 1 + Math.min(above, row[j - 1]));
          diagonal = above;
        }
      }
      return row[y.length()];
    }
  }
}
