package dev.drover.mappings.yaml;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A part of a YAML document that knows where it stands. Lines and columns count from 1. */
public sealed interface YamlNode {
  int line();

  int column();

  /** A leaf. The text is what stands in the file, without its quotes and escapes. */
  record Scalar(String text, Kind kind, int line, int column) implements YamlNode {}

  /** A list. */
  record Sequence(List<YamlNode> items, int line, int column) implements YamlNode {}

  /** A map in the order of the file. Where a key is there twice, the first stands. */
  record Mapping(Map<String, Entry> entries, int line, int column) implements YamlNode {}

  /** A value, and where its key stands. */
  record Entry(YamlNode value, int keyLine, int keyColumn) {}

  /** What a leaf is under YAML's core schema. Only unquoted text can be anything but TEXT. */
  enum Kind {
    TEXT,
    BOOLEAN,
    INTEGER,
    DECIMAL,
    NULL
  }

  /** The value of a key, or null where this is no map or has no such key. */
  default @Nullable YamlNode get(String key) {
    if (this instanceof Mapping mapping) {
      Entry entry = mapping.entries().get(key);
      return entry == null ? null : entry.value();
    }
    return null;
  }

  /** The text of a key, or null where there is no such key or it holds no text. */
  default @Nullable String text(String key) {
    return get(key) instanceof Scalar scalar && scalar.kind() == Kind.TEXT ? scalar.text() : null;
  }

  /** The items of a key's list; none where it has no list. */
  default List<YamlNode> items(String key) {
    return get(key) instanceof Sequence sequence ? sequence.items() : List.of();
  }

  /** The entries of a key's map; none where it has no map. */
  default Map<String, Entry> entries(String key) {
    return get(key) instanceof Mapping mapping ? mapping.entries() : Map.of();
  }
}
