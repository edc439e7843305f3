package dev.drover.mappings.yaml;

import java.time.ZoneId;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Time zones by their IANA names. */
public final class Zones {
  private static final Set<String> ALL = new TreeSet<>(ZoneId.getAvailableZoneIds());

  private Zones() {}

  /**
   * The zone that a key names. Null where there is none, or none that exists, which is then among
   * the problems.
   */
  public static @Nullable ZoneId of(Place map, String key, Problems problems) {
    String text = map.node().text(key);
    if (text == null) {
      return null;
    }
    if (ALL.contains(text)) {
      return ZoneId.of(text);
    }
    Place place = map.step(key);
    if (!problems.has(place.node())) {
      problems.add(
          place.node(),
          place.path(),
          "no time zone is called " + Shown.of(text),
          "its IANA name, like Europe/Berlin",
          NearestWord.of(text, ALL));
    }
    return null;
  }
}
