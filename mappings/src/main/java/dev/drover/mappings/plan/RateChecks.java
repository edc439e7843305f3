package dev.drover.mappings.plan;

import dev.drover.mappings.yaml.Place;
import dev.drover.mappings.yaml.Problems;
import dev.drover.mappings.yaml.Shown;
import dev.drover.mappings.yaml.YamlNode;
import dev.drover.mappings.yaml.Zones;
import java.util.List;

/** Rate limits: what their schema cannot say. */
final class RateChecks {
  private final Problems problems;

  RateChecks(Problems problems) {
    this.problems = problems;
  }

  void check(YamlNode root) {
    YamlNode limits = root.get("rateLimits");
    if (limits == null) {
      return;
    }
    Place place = new Place("rateLimits", limits);
    rates(place);
    Zones.of(place, "zone", problems);
    List<YamlNode> hours = limits.items("hours");
    if (!hours.isEmpty() && limits.get("zone") == null) {
      add(place, "hours, but no time zone that they count in", "a line \"zone: Europe/Berlin\"");
    }
    for (int i = 0; i < hours.size(); i++) {
      hours(place.step("hours").item(i, hours.get(i)));
    }
  }

  private void hours(Place hours) {
    rates(hours);
    YamlNode map = hours.node();
    boolean any = map.get("disk") != null || map.get("host") != null || map.get("wave") != null;
    if (!any) {
      add(hours, "hours without a rate", "disk, host or wave beside them");
    }
    String from = map.text("from");
    if (from != null && from.equals(map.text("to"))) {
      add(hours.step("to"), "these hours end when they begin", "another time");
    }
  }

  private void rates(Place map) {
    for (String key : List.of("disk", "host", "wave")) {
      String text = map.node().text(key);
      if (text != null && RateLimits.parse(text).isEmpty()) {
        add(
            map.step(key),
            Shown.of(text) + " does not fit here",
            "a rate above 0 like 50MB/s or 1.5GiB/s, or none");
      }
    }
  }

  private void add(Place place, String what, String expected) {
    if (!problems.has(place.node())) {
      problems.add(place.node(), place.path(), what, expected, null);
    }
  }
}
