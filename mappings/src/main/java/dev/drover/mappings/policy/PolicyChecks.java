package dev.drover.mappings.policy;

import dev.drover.mappings.yaml.NearestWord;
import dev.drover.mappings.yaml.Place;
import dev.drover.mappings.yaml.Problems;
import dev.drover.mappings.yaml.Shown;
import dev.drover.mappings.yaml.YamlNode;
import dev.drover.mappings.yaml.YamlNode.Entry;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What a schema cannot say: codes of checks, expressions, days that there are, and things that
 * exclude each other. It runs on any tree, so that these mistakes are told together with those of
 * the shape. That an exception has expired is no mistake: the assessment says so.
 */
final class PolicyChecks {
  /** Codes that begin alike, to be named where nothing is near. */
  private static final int SOME = 8;

  private final YamlNode root;
  private final Problems problems;
  private final Values values;

  private final KnownChecks checks;
  private final Supplier<String> text;

  private PolicyChecks(
      YamlNode root, Problems problems, KnownChecks checks, Supplier<String> text) {
    this.text = text;
    this.root = root;
    this.problems = problems;
    this.values = new Values(problems);
    this.checks = checks;
  }

  /**
   * Adds what is wrong to the problems.
   *
   * @param text the file's, to be asked for where an expression is wrong
   */
  static void run(
      YamlNode root, Problems problems, KnownChecks checks, Instant now, Supplier<String> text) {
    PolicyChecks policy = new PolicyChecks(root, problems, checks, text);
    SortedSet<String> known = new TreeSet<>(checks.codes());
    known.addAll(policy.rules());
    policy.severities(known);
    policy.exceptions(known);
    policy.storage();
    policy.sizes();
    WavesChecks.run(root, problems, now);
  }

  /** Does it for each map of a list that stands at a key. */
  static void each(YamlNode root, String path, String key, Consumer<Place> check) {
    List<YamlNode> items = root.items(key);
    for (int i = 0; i < items.size(); i++) {
      check.accept(new Place(Place.key(path, key) + "[" + i + "]", items.get(i)));
    }
  }

  /** The codes that the rules bring. */
  private SortedSet<String> rules() {
    Map<String, YamlNode> seen = new HashMap<>();
    each(root, "", "rules", rule -> rule(rule, seen));
    return new TreeSet<>(seen.keySet());
  }

  private void rule(Place rule, Map<String, YamlNode> seen) {
    String code = rule.node().text("code");
    Place place = rule.step("code");
    if (code != null && checks != KnownChecks.ANY && checks.isKnown(code)) {
      String what = Shown.of(code) + " is a code of Drover's own";
      problems.add(place.node(), place.path(), what, "a code of your own, like SITE-001", null);
    } else if (code != null) {
      YamlNode first = seen.putIfAbsent(code, place.node());
      if (first != null) {
        String what = "another rule has the code " + Shown.of(code) + ", in line " + first.line();
        problems.add(place.node(), place.path(), what, "a code of its own", null);
      }
    }
    String when = rule.node().text("when");
    Place condition = rule.step("when");
    if (when != null && !problems.has(condition.node())) {
      checks.mistake(when).ifPresent(mistake -> expression(condition, when, mistake));
    }
  }

  private void expression(Place place, String when, KnownChecks.Mistake mistake) {
    ExpressionPlace at =
        ExpressionPlace.of(text.get(), place.node(), when, mistake.line(), mistake.column());
    if (at != null) {
      problems.add(
          at.line(),
          at.column(),
          place.path(),
          mistake.what(),
          mistake.expected(),
          mistake.suggestion());
      return;
    }
    String line = mistake.line() > 1 ? "line " + mistake.line() + ", " : "";
    String where = " (" + line + "character " + mistake.column() + " of the expression)";
    problems.add(
        place.node(),
        place.path(),
        mistake.what() + where,
        mistake.expected(),
        mistake.suggestion());
  }

  private void severities(SortedSet<String> known) {
    for (Map.Entry<String, Entry> severity : root.entries("severities").entrySet()) {
      String path = Place.key("severities", severity.getKey());
      Entry entry = severity.getValue();
      code(severity.getKey(), path, entry.keyLine(), entry.keyColumn(), known);
    }
  }

  private void exceptions(SortedSet<String> known) {
    each(
        root,
        "",
        "exceptions",
        exception -> {
          String code = exception.node().text("code");
          Place place = exception.step("code");
          if (code != null && !problems.has(place.node())) {
            code(code, place.path(), place.node().line(), place.node().column(), known);
          }
          values.date(exception, "expires");
        });
  }

  private void code(String code, String path, int line, int column, SortedSet<String> known) {
    if (known.contains(code) || checks.isKnown(code)) {
      return;
    }
    String stem = code.replaceFirst("-.*", "-");
    List<String> alike = known.stream().filter(c -> c.startsWith(stem)).limit(SOME).toList();
    problems.add(
        line,
        column,
        path,
        "no check has the code " + Shown.of(code),
        alike.isEmpty()
            ? "the code of a check as the assessment shows it, or of a rule of this policy"
            : "one of: " + String.join(", ", alike),
        NearestWord.of(code, known));
  }

  private void storage() {
    Map<String, YamlNode> seen = new HashMap<>();
    each(
        root,
        "",
        "storage",
        line -> {
          String source = line.node().text("source");
          Place place = line.step("source");
          YamlNode first = source == null ? null : seen.putIfAbsent(source, place.node());
          if (first != null && source != null) {
            String what = Shown.of(source) + " stands in line " + first.line() + " already";
            String expected = "each once: the first line that matches wins";
            problems.add(place.node(), place.path(), what, expected, null);
          }
        });
  }

  private void sizes() {
    YamlNode sizing = root.get("sizing");
    if (sizing != null) {
      values.size(new Place("sizing", sizing), "nodeMemory");
    }
    YamlNode waves = root.get("waves");
    YamlNode caps = waves == null ? null : waves.get("caps");
    if (caps != null) {
      values.size(new Place("waves.caps", caps), "data");
      values.size(new Place("waves.caps", caps), "memory");
    }
  }
}
