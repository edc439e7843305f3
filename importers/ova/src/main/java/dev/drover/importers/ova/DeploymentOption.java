package dev.drover.importers.ova;

import dev.drover.mappings.model.Finding;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The configuration that a VM is read in: the one that the user named, else the descriptor's
 * default, else its first.
 *
 * @param id null where the descriptor has no options
 * @param others the ids that were not taken
 */
record DeploymentOption(@Nullable String id, List<String> others) {
  DeploymentOption {
    others = List.copyOf(others);
  }

  /**
   * @param wanted what the user named, or null; ignored where the descriptor has no options
   * @throws OvfInvalid when the descriptor has options and not this one
   */
  static DeploymentOption choose(Envelope envelope, @Nullable String wanted) {
    Map<String, XmlElement> all = new LinkedHashMap<>();
    envelope.root().all("DeploymentOptionSection").forEach(
        section ->
            section.all("Configuration").forEach(
                c -> all.putIfAbsent(Objects.requireNonNullElse(c.attribute("id"), ""), c)));
    all.remove("");
    if (all.isEmpty()) {
      return new DeploymentOption(null, List.of());
    }
    if (wanted != null && !all.containsKey(wanted)) {
      throw new OvfInvalid(
          "OVF-103",
          envelope.root().place(),
          "there is no deployment option \"" + SafeName.shown(wanted) + "\"",
          "set the source's option configuration to one of: " + String.join(", ", all.keySet()));
    }
    String id =
        wanted != null
            ? wanted
            : all.entrySet().stream()
                .filter(e -> "true".equals(e.getValue().attribute("default")))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(all.keySet().iterator().next());
    return new DeploymentOption(id, all.keySet().stream().filter(o -> !o.equals(id)).toList());
  }

  /** Whether something with these options is part of the VM. */
  boolean includes(List<String> configurations) {
    return configurations.isEmpty() || (id != null && configurations.contains(id));
  }

  /** Says which was taken. */
  void report(List<Finding> findings) {
    if (id != null) {
      findings.add(
          Finding.info(
                  "OVF-001",
                  "the appliance has several deployment options; \"" + id + "\" was taken",
                  others.isEmpty()
                      ? "nothing to do"
                      : "for another, set the source's option configuration to one of: "
                          + String.join(", ", others))
              .with(id));
    }
  }
}
