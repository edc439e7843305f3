package dev.drover.mappings.policy;

import dev.drover.mappings.yaml.Place;
import dev.drover.mappings.yaml.Problems;
import dev.drover.mappings.yaml.Shown;
import dev.drover.mappings.yaml.YamlNode;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** The part of a policy that says how waves are made: what its schema cannot say. */
final class WavesChecks {
  private static final Set<String> KEYED = Set.of("tag", "attribute", "name", "notes");
  private static final Set<String> EXPRESSIONS = Set.of("name", "notes");

  private final YamlNode root;
  private final Place waves;
  private final Problems problems;

  private WavesChecks(YamlNode root, Place waves, Problems problems) {
    this.root = root;
    this.waves = waves;
    this.problems = problems;
  }

  static void run(YamlNode root, Problems problems, Instant now) {
    YamlNode waves = root.get("waves");
    if (waves == null) {
      return;
    }
    WavesChecks checks = new WavesChecks(root, new Place("waves", waves), problems);
    checks.together();
    checks.unique("apart", "name", "rule");
    PolicyChecks.each(waves, "waves", "dependencies", checks::dependency);
    checks.labels();
    checks.pins();
    checks.unique("windows", "name", "window");
    WindowChecks windows = new WindowChecks(problems, now);
    PolicyChecks.each(waves, "waves", "windows", windows::window);
    PolicyChecks.each(waves, "waves", "blackouts", windows::blackout);
  }

  private void together() {
    Map<List<String>, YamlNode> seen = new HashMap<>();
    PolicyChecks.each(
        waves.node(),
        waves.path(),
        "together",
        together -> {
          String by = together.node().text("by");
          String key = together.node().text("key");
          if (by == null || problems.has(together.step("by").node())) {
            return;
          }
          key(together, by);
          YamlNode first = seen.putIfAbsent(List.of(by, key == null ? "" : key), together.node());
          if (first != null) {
            add(together, "the same stands in line " + first.line(), "each once");
          }
          if (by.equals("application") && !hasLabel("application")) {
            add(
                together.step("by"),
                "nothing says where the application of a VM is",
                "a line labels: {application: {tag: …}}, or {attribute: …}");
          }
        });
  }

  private void key(Place together, String by) {
    YamlNode key = together.node().get("key");
    if (key == null && KEYED.contains(by)) {
      String what = EXPRESSIONS.contains(by) ? "a regular expression with a group" : "its name";
      add(together, "by: " + by + " needs a key", "key: and " + what);
    } else if (key != null && !KEYED.contains(by)) {
      add(together.step("key"), "by: " + by + " takes no key", "nothing here");
    } else if (EXPRESSIONS.contains(by) && together.node().text("key") != null) {
      expression(together.step("key"), String.valueOf(together.node().text("key")));
    }
  }

  private void expression(Place key, String expression) {
    try {
      if (Pattern.compile(expression).matcher("").groupCount() == 0) {
        add(key, "this expression has no group", "parentheses around what VMs share: ^([a-z]+)-");
      }
    } catch (PatternSyntaxException e) {
      String where = e.getIndex() < 0 ? "" : " at character " + (e.getIndex() + 1);
      add(
          key,
          "this is no regular expression: " + e.getDescription() + where,
          "one as Java's Pattern takes it, like ^([a-z]+)-");
    } catch (StackOverflowError e) {
      add(key, "this expression is nested too deeply", "a simpler one, like ^([a-z]+)-");
    }
  }

  private void dependency(Place dependency) {
    Map<String, String> vms = Values.selector(dependency, "vms");
    if (vms != null && vms.equals(Values.selector(dependency, "need"))) {
      add(dependency.step("need"), "these VMs need themselves", "other VMs than in vms");
    }
  }

  private void labels() {
    if (!waves.node().items("criticality").isEmpty() && !hasLabel("criticality")) {
      add(
          waves.step("criticality"),
          "nothing says where the criticality of a VM is",
          "a line labels: {criticality: {tag: …}}, or {attribute: …}");
    }
    if (waves.node().get("byOwner") instanceof YamlNode.Scalar byOwner
        && byOwner.text().equalsIgnoreCase("true")
        && !hasLabel("owner")) {
      add(
          waves.step("byOwner"),
          "nothing says where the owner of a VM is",
          "a line labels: {owner: {attribute: …}}, or {tag: …}");
    }
  }

  private boolean hasLabel(String name) {
    YamlNode labels = root.get("labels");
    return labels != null && labels.get(name) != null;
  }

  private void pins() {
    Map<Map<String, String>, YamlNode> seen = new HashMap<>();
    PolicyChecks.each(
        waves.node(),
        waves.path(),
        "pins",
        pin -> {
          Map<String, String> vms = Values.selector(pin, "vms");
          YamlNode first = vms == null ? null : seen.putIfAbsent(vms, pin.node());
          if (first != null) {
            String what = "these VMs are pinned already, in line " + first.line();
            add(pin.step("vms"), what, "one wave for a VM");
          }
        });
  }

  private void unique(String list, String key, String kind) {
    Map<String, YamlNode> seen = new HashMap<>();
    PolicyChecks.each(
        waves.node(),
        waves.path(),
        list,
        item -> {
          String name = item.node().text(key);
          Place place = item.step(key);
          YamlNode first = name == null ? null : seen.putIfAbsent(name, place.node());
          if (first != null && name != null) {
            String what = "another " + kind + " is called " + Shown.of(name) + ", in line ";
            add(place, what + first.line(), "a name of its own");
          }
        });
  }

  private void add(Place place, String what, String expected) {
    problems.add(place.node(), place.path(), what, expected, null);
  }
}
