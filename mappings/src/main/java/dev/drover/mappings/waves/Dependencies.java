package dev.drover.mappings.waves;

import dev.drover.mappings.model.Finding;
import dev.drover.mappings.policy.WavesPolicy;
import dev.drover.mappings.yaml.NearestWord;
import dev.drover.mappings.yaml.Shown;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What needs what: the rules of the policy and the lines of its file. A rule over many VMs is one
 * node between those that need and those that are needed, so that it costs their sum and not their
 * product. A VM on both sides of a rule is needed by the others and needs none of them.
 */
final class Dependencies {
  /** Arrows between VMs, by their places, and between VMs and rules. */
  record Arrow(int need, int needer, String why) {}

  /** A line of the file whose VMs are there. */
  private record Found(WaveVm needer, WaveVm need, String place) {}

  private final List<WaveVm> vms;
  private final Told told;
  private final List<Arrow> arrows = new ArrayList<>();
  private final List<Found> found = new ArrayList<>();
  private int nodes;

  private Dependencies(List<WaveVm> vms, Told told) {
    this.vms = vms;
    this.told = told;
    this.nodes = vms.size();
  }

  /**
   * Finds them.
   *
   * @param moving the VMs that move; their places are the nodes, rules come behind
   * @param staying those that do not: a dependency on one of them orders nothing
   */
  static Dependencies of(
      List<WaveVm> moving,
      List<WaveVm> staying,
      WavesPolicy policy,
      List<DependencyLink> links,
      Told told) {
    Dependencies all = new Dependencies(moving, told);
    all.rules(staying, policy);
    all.links(staying, links);
    return all;
  }

  List<Arrow> arrows() {
    return arrows;
  }

  /** Tells of those that hold no more, once it is known which VMs have a wave. */
  void tellStaying(List<WaveVm> all, WavesPolicy policy, StayingNeeds staying) {
    staying.rules(all, policy);
    found.forEach(link -> staying.link(link.needer(), link.need(), link.place()));
  }

  /** VMs and rules together. */
  int nodes() {
    return nodes;
  }

  private void rules(List<WaveVm> staying, WavesPolicy policy) {
    int rules = policy.dependencies().size();
    if (rules == 0) {
      return;
    }
    int[] needers = new int[rules];
    int[] needed = new int[rules];
    int first = nodes;
    nodes += rules;
    for (int i = 0; i < vms.size(); i++) {
      WaveVm.Marks marks = vms.get(i).marks();
      for (int rule : marks.needed()) {
        needed[rule]++;
        arrows.add(new Arrow(i, first + rule, reason(policy, rule)));
      }
      for (int rule : marks.needs()) {
        if (!marks.needed().contains(rule)) {
          needers[rule]++;
          arrows.add(new Arrow(first + rule, i, reason(policy, rule)));
        }
      }
    }
    for (int rule = 0; rule < rules; rule++) {
      int number = rule;
      boolean stays = staying.stream().anyMatch(vm -> vm.marks().needed().contains(number));
      if (needers[rule] > 0 && needed[rule] == 0 && !stays) {
        told.add(
            Finding.warning(
                    "WAVE-003",
                    "a dependency names what is not there: " + reason(policy, rule),
                    "mend its need: in the policy, or take the dependency out")
                .with("policy, dependencies[" + rule + "]"));
      }
    }
  }

  private static String reason(WavesPolicy policy, int rule) {
    return policy.dependencies().get(rule).reason();
  }

  private void links(List<WaveVm> staying, List<DependencyLink> links) {
    if (links.isEmpty()) {
      return;
    }
    Map<String, List<Integer>> names = new HashMap<>();
    for (int i = 0; i < vms.size(); i++) {
      name(names, vms.get(i), i);
    }
    Map<String, List<Integer>> left = new HashMap<>();
    for (int i = 0; i < staying.size(); i++) {
      name(left, staying.get(i), i);
    }
    for (DependencyLink link : links) {
      int vm = one(link.vm(), link, names, left);
      int need = one(link.need(), link, names, left);
      if (vm >= 0 && need >= 0 && vm != need) {
        arrows.add(new Arrow(need, vm, link.place()));
        found.add(new Found(vms.get(vm), vms.get(need), link.place()));
      } else if (vm >= 0 && need == STAYS) {
        int place = left.getOrDefault(link.need(), List.of()).get(0);
        found.add(new Found(vms.get(vm), staying.get(place), link.place()));
      }
    }
  }

  private static final int STAYS = -1;
  private static final int UNKNOWN = -2;

  private static void name(Map<String, List<Integer>> names, WaveVm vm, int place) {
    names.computeIfAbsent(vm.facts().name(), n -> new ArrayList<>(1)).add(place);
    names.computeIfAbsent(vm.facts().ref().toString(), n -> new ArrayList<>(1)).add(place);
  }

  private int one(
      String name,
      DependencyLink link,
      Map<String, List<Integer>> names,
      Map<String, List<Integer>> left) {
    List<Integer> here = names.getOrDefault(name, List.of());
    List<Integer> away = left.getOrDefault(name, List.of());
    if (here.size() == 1 && away.isEmpty()) {
      return here.get(0);
    } else if (here.isEmpty() && !away.isEmpty()) {
      return STAYS;
    } else if (here.size() + away.size() > 1) {
      told.add(
          Finding.warning(
                  "WAVE-003",
                  link.place()
                      + ": "
                      + (here.size() + away.size())
                      + " VMs are called "
                      + Shown.of(name),
                  "name it as SOURCE/ID")
              .with(link.vm() + " needs " + link.need()));
      return UNKNOWN;
    }
    String near = names.size() > 10_000 ? null : NearestWord.of(name, names.keySet());
    told.add(
        Finding.warning(
                "WAVE-003",
                link.place() + ": no VM is called " + Shown.of(name),
                near == null
                    ? "mend the name, or take the line out"
                    : "did you mean " + Shown.of(near) + "?")
            .with(link.vm() + " needs " + link.need()));
    return UNKNOWN;
  }
}
