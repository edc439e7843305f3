package dev.drover.mappings.waves;

import dev.drover.mappings.model.Finding;
import dev.drover.mappings.policy.WavesPolicy;
import dev.drover.mappings.policy.WavesPolicy.Together;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes units of VMs: what shares a group, and what needs each other in a circle. The graph between
 * units that is left has no circle; its nodes are the units, then the rules of the policy.
 */
final class Units {
  private static final int SHOWN_OF_CYCLE = 8;

  private final List<WaveVm> vms;
  private final WavesPolicy policy;
  private final Told told;
  private final Dependencies dependencies;
  private final int[] parent;
  private final Map<String, List<Integer>> groups = new LinkedHashMap<>();
  private final List<Unit> all = new ArrayList<>();
  private int[] unitOf = {};
  private Graph graph = new Graph(0);

  private Units(List<WaveVm> vms, WavesPolicy policy, Dependencies dependencies, Told told) {
    this.vms = vms;
    this.policy = policy;
    this.dependencies = dependencies;
    this.told = told;
    this.parent = new int[dependencies.nodes()];
    for (int i = 0; i < parent.length; i++) {
      parent[i] = i;
    }
  }

  static Units of(List<WaveVm> vms, WavesPolicy policy, Dependencies dependencies, Told told) {
    Units units = new Units(vms, policy, dependencies, told);
    units.groups();
    if (policy.together().stream().anyMatch(t -> t.by() == Together.By.dependency)) {
      dependencies.arrows().forEach(a -> units.union(a.need(), a.needer()));
    }
    units.circles();
    units.build();
    return units;
  }

  List<Unit> all() {
    return all;
  }

  /** Units, then rules. */
  Graph graph() {
    return graph;
  }

  private void groups() {
    Map<String, Integer> firsts = new HashMap<>();
    for (int i = 0; i < vms.size(); i++) {
      for (String group : vms.get(i).facts().groups()) {
        Integer first = firsts.putIfAbsent(group, i);
        if (first != null) {
          groups.computeIfAbsent(group, g -> new ArrayList<>(List.of(first))).add(i);
          union(first, i);
        }
      }
    }
  }

  private int find(int node) {
    int root = node;
    while (parent[root] != root) {
      root = parent[root];
    }
    int at = node;
    while (parent[at] != root) {
      int next = parent[at];
      parent[at] = root;
      at = next;
    }
    return root;
  }

  /** The lowest place is the root, so that nothing depends on the order of unions. */
  private void union(int a, int b) {
    int x = find(a);
    int y = find(b);
    parent[Math.max(x, y)] = Math.min(x, y);
  }

  private void circles() {
    Graph between = new Graph(parent.length);
    for (Dependencies.Arrow arrow : dependencies.arrows()) {
      int need = find(arrow.need());
      int needer = find(arrow.needer());
      if (need != needer) {
        between.arrow(need, needer);
      }
    }
    between.done();
    int[] cycle = between.cycles();
    Map<Integer, List<Integer>> members = new LinkedHashMap<>();
    for (int node = 0; node < parent.length; node++) {
      if (find(node) == node) {
        members.computeIfAbsent(cycle[node], c -> new ArrayList<>(1)).add(node);
      }
    }
    for (List<Integer> circle : members.values()) {
      List<Integer> units = circle.stream().filter(n -> n < vms.size()).toList();
      if (units.size() > 1) {
        tell(between, circle, units);
      }
      if (circle.size() > 1) {
        circle.forEach(n -> union(circle.get(0), n));
      }
    }
  }

  private void tell(Graph between, List<Integer> circle, List<Integer> units) {
    List<String> names =
        around(between, units).stream().map(n -> "\"" + vms.get(n).facts().name() + "\"").toList();
    boolean all = names.size() <= SHOWN_OF_CYCLE;
    String words =
        names.get(0)
            + " is needed by "
            + String.join(
                ", which is needed by ", names.subList(1, all ? names.size() : SHOWN_OF_CYCLE))
            + (all ? ", which is needed by the first" : ", and so on until the first");
    told.add(
        Finding.warning(
                "WAVE-002",
                "dependencies run in a circle, so these move together: " + words,
                "take one of them out if they shall move apart")
            .with(units.size() + " units, " + circle.size() + " nodes"));
  }

  /** The VMs of a short circle through the first, each once, in the order of who is needed. */
  private List<Integer> around(Graph between, List<Integer> units) {
    int begin = units.get(0);
    List<Integer> shortest = vmsOf(between.way(begin, begin));
    if (shortest.size() > 1) {
      return shortest;
    }
    // The shortest goes through a rule alone and comes back; one through another VM says more.
    int next = units.get(1);
    List<Integer> way = new ArrayList<>(between.way(begin, next));
    way.addAll(between.way(next, begin));
    return vmsOf(way);
  }

  private List<Integer> vmsOf(List<Integer> way) {
    return way.stream().filter(n -> n < vms.size()).distinct().toList();
  }

  private void build() {
    unitOf = new int[parent.length];
    Map<Integer, Unit> byRoot = new HashMap<>();
    for (int i = 0; i < vms.size(); i++) {
      Unit unit =
          byRoot.computeIfAbsent(
              find(i),
              root -> {
                Unit made = new Unit(all.size());
                all.add(made);
                return made;
              });
      unit.add(vms.get(i), policy.criticality());
      unitOf[i] = unit.number;
    }
    Map<String, Integer> sizes = new HashMap<>();
    groups.forEach((group, members) -> sizes.put(group, members.size()));
    all.stream().filter(u -> u.vms.size() > 1).forEach(u -> u.label = label(u, sizes));
    arrows();
  }

  private void arrows() {
    graph = new Graph(all.size());
    Map<Integer, Integer> rules = new HashMap<>();
    for (int node = vms.size(); node < parent.length; node++) {
      int root = find(node);
      unitOf[node] =
          root < vms.size() ? unitOf[root] : rules.computeIfAbsent(root, r -> graph.node());
    }
    for (Dependencies.Arrow arrow : dependencies.arrows()) {
      int need = unitOf[arrow.need()];
      int needer = unitOf[arrow.needer()];
      if (need != needer) {
        graph.arrow(need, needer);
      }
    }
    graph.done();
  }

  private static String label(Unit unit, Map<String, Integer> sizes) {
    List<String> labels =
        unit.vms.stream()
            .flatMap(vm -> vm.facts().groups().stream())
            .filter(sizes::containsKey)
            .distinct()
            .limit(4)
            .toList();
    return labels.isEmpty()
        ? "dependencies"
        : String.join(", ", labels.subList(0, Math.min(3, labels.size())))
            + (labels.size() > 3 ? ", …" : "");
  }

  /**
   * The fewest constraints that bind two VMs of one unit together, in words, each one link of the
   * chain; empty where nothing does.
   */
  List<String> chain(WaveVm a, WaveVm b) {
    int from = vms.indexOf(a);
    int to = vms.indexOf(b);
    Graph links = new Graph(parent.length);
    Map<Integer, String> names = new HashMap<>();
    groups.forEach(
        (group, members) -> {
          int node = links.node();
          names.put(node, group);
          members.forEach(
              m -> {
                links.arrow(m, node);
                links.arrow(node, m);
              });
        });
    for (Dependencies.Arrow arrow : dependencies.arrows()) {
      links.arrow(arrow.need(), arrow.needer());
      links.arrow(arrow.needer(), arrow.need());
    }
    List<Integer> way = links.done().way(from, to);
    List<String> words = new ArrayList<>();
    for (int i = 0; i + 1 < way.size(); i++) {
      String word = word(way.get(i), way.get(i + 1), names);
      if (word != null && !words.contains(word)) {
        words.add(word);
      }
    }
    return words;
  }

  private @Nullable String word(int x, int y, Map<Integer, String> names) {
    String group = names.get(y);
    if (group != null) {
      return "\"" + group + "\" keeps VMs together";
    } else if (names.containsKey(x)) {
      return null;
    }
    return dependencies.arrows().stream()
        .filter(a -> (a.need() == x && a.needer() == y) || (a.need() == y && a.needer() == x))
        .map(a -> "the dependency \"" + a.why() + "\"")
        .findFirst()
        .orElse(null);
  }

  /** The words of the dependencies on the shortest way from a unit to one that needs it. */
  List<String> way(Unit need, Unit needer) {
    List<String> words = new ArrayList<>();
    List<Integer> way = graph.way(need.number, needer.number);
    for (int i = 0; i + 1 < way.size(); i++) {
      int x = way.get(i);
      int y = way.get(i + 1);
      dependencies.arrows().stream()
          .filter(a -> unitOf[a.need()] == x && unitOf[a.needer()] == y)
          .map(a -> "the dependency \"" + a.why() + "\"")
          .filter(w -> !words.contains(w))
          .findFirst()
          .ifPresent(words::add);
    }
    return words;
  }
}
