package dev.drover.importers.ova;

import dev.drover.mappings.yaml.Secrets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Properties of the ProductSections that a VM sees, by {@code [class.]key[.instance]}, with the
 * values of the chosen deployment option. Passwords are left out, whether they are marked or only
 * called so.
 */
final class Properties {
  private final Map<String, String> values = new LinkedHashMap<>();
  private final Map<String, String> shortcuts = new HashMap<>();
  private boolean configurable;

  private Properties() {}

  static Properties of(SystemNode system, Envelope envelope, DeploymentOption option) {
    Properties properties = new Properties();
    Stream.concat(system.sections("ProductSection"), envelope.root().all("ProductSection"))
        .forEach(
            section -> section.all("Property").forEach(p -> properties.add(section, p, option)));
    return properties;
  }

  private void add(XmlElement section, XmlElement property, DeploymentOption option) {
    String key = property.attribute("key");
    configurable |= "true".equals(property.attribute("userConfigurable"));
    if (key == null || isPassword(property) || Secrets.isSecret(key)) {
      return;
    }
    String value =
        property
            .all("Value")
            .filter(v -> option.id() != null && option.id().equals(v.attribute("configuration")))
            .map(v -> v.attribute("value"))
            .filter(v -> v != null)
            .findFirst()
            .orElse(property.attribute("value"));
    if (value != null) {
      values.putIfAbsent(fullKey(section, key), value);
      shortcuts.putIfAbsent(key, value);
    }
  }

  private static boolean isPassword(XmlElement property) {
    String qualifiers = String.valueOf(property.foreign("qualifiers"));
    return "true".equals(property.attribute("password"))
        || qualifiers.contains("Password")
        || "password".equals(property.attribute("type"));
  }

  private static String fullKey(XmlElement section, String key) {
    String type = section.attribute("class");
    String instance = section.attribute("instance");
    return (type == null || type.isBlank() ? "" : type + ".")
        + key
        + (instance == null || instance.isBlank() ? "" : "." + instance);
  }

  /** The value of {@code ${name}}, by its full key or its bare one, or null. */
  @Nullable String value(String name) {
    String exact = values.get(name);
    return exact != null ? exact : shortcuts.get(name);
  }

  /** Those that have a value. */
  Map<String, String> all() {
    return values;
  }

  /** Whether the guest expects to be told settings at its first start. */
  boolean configurable() {
    return configurable;
  }
}
