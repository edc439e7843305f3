package dev.drover.mappings.plan;

import dev.drover.mappings.model.SourceNic;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A first network map. A VM can have the pod network once; so it goes to the network that most VMs
 * are on (of equals, to the one that more have as their first), and to every further one that no VM
 * shares with it. The rest needs a NetworkAttachmentDefinition, which only the cluster's
 * administrator can name.
 */
final class NetworkGuess {
  /**
   * A line of the map.
   *
   * @param nics how many NICs are on it
   */
  record Line(String network, boolean pod, int nics) {}

  private final Map<String, Integer> nics = new TreeMap<>();

  /** How many VMs have it as their first. */
  private final Map<String, Integer> firsts = new HashMap<>();

  /** The sets of networks that VMs have, each once: 100,000 VMs usually have a dozen. */
  private final Set<List<String>> groups = new HashSet<>();

  void add(List<SourceNic> ofOneVm) {
    List<String> group = new ArrayList<>();
    for (SourceNic nic : ofOneVm) {
      String network = nic.network();
      if (network != null) {
        nics.merge(network, 1, Integer::sum);
        group.add(network);
      }
    }
    if (!group.isEmpty()) {
      firsts.merge(group.get(0), 1, Integer::sum);
      group.sort(Comparator.naturalOrder());
      groups.add(List.copyOf(group));
    }
  }

  /** By name; names that would match others, since they hold a star, come last. */
  List<Line> lines() {
    Set<String> pods = pods();
    return nics.entrySet().stream()
        .map(e -> new Line(e.getKey(), pods.contains(e.getKey()), e.getValue()))
        .sorted(Comparator.comparing(l -> l.network().contains("*")))
        .toList();
  }

  private Set<String> pods() {
    Map<String, List<List<String>>> groupsOf = new HashMap<>();
    for (List<String> group : groups) {
      group.forEach(n -> groupsOf.computeIfAbsent(n, k -> new ArrayList<>()).add(group));
    }
    List<String> byUse = new ArrayList<>(nics.keySet());
    byUse.sort(
        Comparator.comparing((String n) -> -nics.getOrDefault(n, 0))
            .thenComparing(n -> -firsts.getOrDefault(n, 0)));
    Set<String> pods = new HashSet<>();
    Set<List<String>> served = new HashSet<>();
    for (String network : byUse) {
      List<List<String>> on = groupsOf.getOrDefault(network, List.of());
      boolean free = on.stream().allMatch(g -> !served.contains(g) && once(g, network));
      if (free) {
        pods.add(network);
        served.addAll(on);
      }
    }
    return pods;
  }

  private static boolean once(List<String> group, String network) {
    return group.indexOf(network) == group.lastIndexOf(network);
  }
}
