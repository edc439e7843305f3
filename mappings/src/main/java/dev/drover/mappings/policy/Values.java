package dev.drover.mappings.policy;

import dev.drover.mappings.plan.Durations;
import dev.drover.mappings.yaml.Place;
import dev.drover.mappings.yaml.Problems;
import dev.drover.mappings.yaml.Shown;
import dev.drover.mappings.yaml.Sizes;
import dev.drover.mappings.yaml.YamlNode;
import dev.drover.mappings.yaml.Zones;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Values that a schema knows the form of alone: 2027-02-30 looks like a day. Each is null where
 * there is none, or none that can be used; a mistake is then among the problems.
 */
final class Values {
  private final Problems problems;

  Values(Problems problems) {
    this.problems = problems;
  }

  @Nullable LocalDate date(Place map, String key) {
    return value(map, key, LocalDate::parse, "a day that there is, like 2027-03-31");
  }

  @Nullable LocalTime time(Place map, String key) {
    return value(map, key, LocalTime::parse, "a time of the day like 22:00");
  }

  @Nullable LocalDateTime dateTime(Place map, String key) {
    return value(
        map, key, LocalDateTime::parse, "a day that there is and a time, 2026-12-20T00:00");
  }

  @Nullable Duration duration(Place map, String key) {
    return value(map, key, Durations::parse, "a time like 90s, 5m or 1h30m");
  }

  @Nullable ZoneId zone(Place map, String key) {
    return Zones.of(map, key, problems);
  }

  /** Says so where it is no size, none at all, or beyond what can be counted. */
  void size(Place map, String key) {
    String text = map.node().text(key);
    Place place = map.step(key);
    if (text != null
        && !problems.has(place.node())
        && Sizes.parse(text).filter(s -> s.bytes() > 0).isEmpty()) {
      problems.add(
          place.node(),
          place.path(),
          Shown.of(text) + " does not fit here",
          "a size above 0 and below 8Ei, like 512Gi",
          null);
    }
  }

  private <T> @Nullable T value(Place map, String key, Function<String, T> parse, String expected) {
    String text = map.node().text(key);
    if (text == null) {
      return null;
    }
    try {
      return parse.apply(text);
    } catch (DateTimeException | IllegalArgumentException e) {
      Place place = map.step(key);
      if (!problems.has(place.node())) {
        String what = Shown.of(text) + " does not fit here";
        problems.add(place.node(), place.path(), what, expected, null);
      }
      return null;
    }
  }

  /** What a selector says, so that two can be compared; null where there is none. */
  static @Nullable Map<String, String> selector(Place map, String key) {
    if (!(map.node().get(key) instanceof YamlNode.Mapping selector)) {
      return null;
    }
    Map<String, String> terms = new TreeMap<>();
    selector
        .entries()
        .forEach(
            (term, entry) ->
                terms.put(
                    term, entry.value() instanceof YamlNode.Scalar scalar ? scalar.text() : ""));
    return terms;
  }
}
