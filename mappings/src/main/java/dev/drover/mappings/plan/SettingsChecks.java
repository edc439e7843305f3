package dev.drover.mappings.plan;

import dev.drover.mappings.yaml.Place;
import dev.drover.mappings.yaml.Problems;
import dev.drover.mappings.yaml.YamlNode;
import dev.drover.mappings.yaml.YamlNode.Entry;
import dev.drover.mappings.yaml.Zones;
import java.util.List;
import java.util.Map;

/** What excludes each other in the settings of a VM, or of all in {@code defaults}. */
final class SettingsChecks {
  private static final String OWN_DOMAIN = "drover.dev";

  private final Problems problems;

  SettingsChecks(Problems problems) {
    this.problems = problems;
  }

  void check(Place settings) {
    metadata(settings);
    platform(settings);
  }

  private void metadata(Place settings) {
    for (String map : List.of("labels", "annotations")) {
      for (Map.Entry<String, Entry> entry : settings.node().entries(map).entrySet()) {
        int slash = entry.getKey().indexOf('/');
        String domain = slash < 0 ? "" : entry.getKey().substring(0, slash);
        if (domain.equals(OWN_DOMAIN) || domain.endsWith("." + OWN_DOMAIN)) {
          problems.add(
              entry.getValue().keyLine(),
              entry.getValue().keyColumn(),
              Place.key(Place.key(settings.path(), map), entry.getKey()),
              "keys below " + OWN_DOMAIN + " are Drover's own: they say what it may delete",
              "another domain");
        }
      }
    }
  }

  private void platform(Place settings) {
    Zones.of(settings, "timezone", problems);
    if ("bios".equals(settings.node().text("firmware"))
        && settings.node().get("secureBoot") instanceof YamlNode.Scalar secure
        && secure.text().equalsIgnoreCase("true")) {
      problems.add(
          secure,
          settings.path() + ".secureBoot",
          "BIOS has no Secure Boot",
          "firmware: efi beside it",
          null);
    }
  }
}
