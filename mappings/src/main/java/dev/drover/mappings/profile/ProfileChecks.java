package dev.drover.mappings.profile;

import dev.drover.mappings.model.ByteSize;
import dev.drover.mappings.yaml.Place;
import dev.drover.mappings.yaml.Problems;
import dev.drover.mappings.yaml.Shown;
import dev.drover.mappings.yaml.Sizes;
import dev.drover.mappings.yaml.YamlNode;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a schema cannot say of a profile. It runs on any tree. */
final class ProfileChecks {
  private static final Set<String> YES = Set.of("yes", "true", "True", "TRUE");

  private final YamlNode root;
  private final Problems problems;

  private ProfileChecks(YamlNode root, Problems problems) {
    this.root = root;
    this.problems = problems;
  }

  /** Adds what is wrong to the problems. */
  static void run(YamlNode root, Problems problems) {
    ProfileChecks checks = new ProfileChecks(root, problems);
    checks.unique("storageClasses", "storage class");
    checks.unique("nodes", "group of nodes");
    checks.oneDefault();
    checks.each(
        "storageClasses",
        storageClass -> {
          checks.size(storageClass, "largestVolume", true);
          checks.size(storageClass, "free", false);
        });
    checks.each("nodes", checks::group);
  }

  private void each(String list, Consumer<Place> check) {
    List<YamlNode> items = root.items(list);
    for (int i = 0; i < items.size(); i++) {
      check.accept(new Place(list + "[" + i + "]", items.get(i)));
    }
  }

  private void unique(String list, String kind) {
    Map<String, YamlNode> seen = new HashMap<>();
    each(
        list,
        item -> {
          String name = item.node().text("name");
          Place place = item.step("name");
          YamlNode first = name == null ? null : seen.putIfAbsent(name, place.node());
          if (first != null && name != null) {
            String what = "another " + kind + " is called " + Shown.of(name) + ", in line ";
            add(place, what + first.line(), "a name of its own");
          }
        });
  }

  private void oneDefault() {
    Map<String, YamlNode> seen = new HashMap<>();
    each(
        "storageClasses",
        storageClass -> {
          if (storageClass.node().get("default") instanceof YamlNode.Scalar word
              && YES.contains(word.text())) {
            YamlNode first = seen.putIfAbsent("default", word);
            if (first != null) {
              String what = "another class is the default one, in line " + first.line();
              add(storageClass.step("default"), what, "one default class");
            }
          }
        });
  }

  private void group(Place group) {
    ByteSize memory = size(group, "memory", true);
    ByteSize freeMemory = size(group, "freeMemory", false);
    BigInteger count = number(group, "count");
    BigInteger threads = number(group, "threads");
    BigInteger freeThreads = number(group, "freeThreads");
    if (count == null) {
      return;
    }
    if (threads != null
        && freeThreads != null
        && freeThreads.compareTo(threads.multiply(count)) > 0) {
      add(
          group.step("freeThreads"),
          "more is free than there is: " + threads.multiply(count) + " threads",
          "what is free of all nodes together");
    }
    if (memory != null
        && freeMemory != null
        && BigInteger.valueOf(freeMemory.bytes())
                .compareTo(BigInteger.valueOf(memory.bytes()).multiply(count))
            > 0) {
      add(
          group.step("freeMemory"),
          "more is free than there is: " + count + " times " + memory,
          "what is free of all nodes together");
    }
  }

  private @Nullable BigInteger number(Place map, String key) {
    return map.node().get(key) instanceof YamlNode.Scalar scalar
            && scalar.kind() == YamlNode.Kind.INTEGER
            && !problems.has(scalar)
            && scalar.text().matches("[0-9]{1,18}")
        ? new BigInteger(scalar.text())
        : null;
  }

  /** Null where there is none, or none that can be used. */
  private @Nullable ByteSize size(Place map, String key, boolean positive) {
    String text = map.node().text(key);
    Place place = map.step(key);
    if (text == null || problems.has(place.node())) {
      return null;
    }
    Optional<ByteSize> size = Sizes.parse(text).filter(s -> !positive || s.bytes() > 0);
    if (size.isEmpty()) {
      add(
          place,
          Shown.of(text) + " does not fit here",
          (positive ? "a size above 0 and below 8Ei" : "a size below 8Ei") + ", like 512Gi");
    }
    return size.orElse(null);
  }

  private void add(Place place, String what, String expected) {
    problems.add(place.node(), place.path(), what, expected, null);
  }
}
