package dev.drover.mappings.plan;

import dev.drover.mappings.model.VmRef;
import dev.drover.mappings.yaml.NearestWord;
import dev.drover.mappings.yaml.Place;
import dev.drover.mappings.yaml.Problems;
import dev.drover.mappings.yaml.Shown;
import dev.drover.mappings.yaml.YamlNode;
import dev.drover.mappings.yaml.YamlNode.Entry;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is wrong with the VMs of a plan: each by itself, and beside those before it. */
final class VmChecks {
  private final Set<String> sources;
  private final Map<String, String> refs = new HashMap<>();
  private final Map<String, String> targets = new HashMap<>();
  private final Naming naming;
  private final String namespace;

  /**
   * For a plan.
   *
   * @param sources the names of its sources
   */
  VmChecks(YamlNode root, Set<String> sources) {
    this.sources = sources;
    this.naming = new Naming(naming(root, "prefix"), naming(root, "suffix"));
    YamlNode defaults = root.get("defaults");
    this.namespace = orElse(defaults == null ? null : defaults.text("namespace"), "default");
  }

  /** A prefix that the schema refuses anyway must not make names of any length. */
  private static String naming(YamlNode root, String key) {
    YamlNode map = root.get("naming");
    String text = orElse(map == null ? null : map.text(key), "");
    return text.length() > 20 ? "" : text;
  }

  /**
   * Looks at the next VM.
   *
   * @param file that it stands in, empty for the plan itself
   */
  void check(Place vm, String file, Problems problems) {
    String ref = vm.node().text("vm");
    if (ref != null) {
      ref(vm.step("vm"), ref, file, problems);
    }
    targetName(vm, file, problems);
    new SettingsChecks(problems).check(vm);
    podNetwork(vm, problems);
  }

  private void ref(Place place, String ref, String file, Problems problems) {
    String first = refs.putIfAbsent(ref, spot(file, place.node()));
    if (first != null) {
      String what = Shown.of(ref) + " is already in the plan, in " + first;
      problems.add(place.node(), place.path(), what, "each VM once, in one wave", null);
    }
    int slash = ref.indexOf('/');
    String source = slash < 0 ? "" : ref.substring(0, slash);
    if (slash >= 0 && ref.substring(slash + 1).isBlank() && !problems.has(place.node())) {
      problems.add(place.node(), place.path(), "there is no id behind the slash", "an id", null);
    }
    if (ref.length() - slash - 1 > VmRef.LONGEST_ID) {
      String what = "an id of " + (ref.length() - slash - 1) + " characters stands here";
      String most = "at most " + VmRef.LONGEST_ID + "; move the VM's files into a shorter path";
      problems.add(place.node(), place.path(), what, most, null);
    }
    if (slash >= 0 && !sources.contains(source)) {
      String nearest = NearestWord.of(source, sources);
      problems.add(
          place.node(),
          place.path(),
          "no source is called " + Shown.of(source),
          sources.isEmpty() ? "a source under sources:" : "one of: " + some(),
          nearest == null ? null : nearest + ref.substring(slash));
    }
  }

  /** Two VMs must not become one object. */
  private void targetName(Place vm, String file, Problems problems) {
    String chosen = vm.node().text("targetName");
    String name = vm.node().text("name");
    if (chosen == null && (name == null || vm.node().get("targetName") != null)) {
      return;
    }
    String target = chosen != null ? chosen : Names.derived(naming, orElse(name, ""));
    String in = orElse(vm.node().text("namespace"), namespace);
    String first = targets.putIfAbsent(in + "/" + target, spot(file, vm.node()));
    if (first != null) {
      problems.add(
          vm.step(chosen != null ? "targetName" : "name").node(),
          Place.key(vm.path(), chosen != null ? "targetName" : "name"),
          "it becomes " + Shown.of(in + "/" + target) + " like the VM in " + first,
          "a targetName of its own",
          free(in, target));
    }
  }

  private @Nullable String free(String in, String target) {
    String stem = target.length() > 58 ? target.substring(0, 58) : target;
    for (int i = 2; i < 1000; i++) {
      if (!targets.containsKey(in + "/" + stem + "-" + i)) {
        return "targetName: " + stem + "-" + i;
      }
    }
    return null;
  }

  private static void podNetwork(Place vm, Problems problems) {
    YamlNode first = null;
    for (Map.Entry<String, Entry> nic : vm.node().entries("nics").entrySet()) {
      YamlNode network = nic.getValue().value().get("network");
      YamlNode pod = network == null ? null : network.get("pod");
      if (pod != null && first != null) {
        problems.add(
            pod,
            Place.key(Place.key(vm.path(), "nics"), nic.getKey()) + ".network.pod",
            "another NIC of the VM has the pod network already, in line " + first.line(),
            "multus or ignore",
            null);
      }
      first = first == null ? pod : first;
    }
  }

  /** Of the plan itself a line; of a wave's file its name before it. */
  private static String spot(String file, YamlNode node) {
    return (file.isEmpty() ? "" : file + ", ") + "line " + node.line();
  }

  private String some() {
    return String.join(", ", sources.stream().sorted().limit(10).toList());
  }

  private static String orElse(@Nullable String text, String otherwise) {
    return text == null ? otherwise : text;
  }
}
