package dev.drover.kube.manifest;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builds the maps of a manifest: what is null is left out, and keys keep their order. */
final class Tree {
  private final Map<String, Object> map = new LinkedHashMap<>();

  private Tree() {}

  static Tree start() {
    return new Tree();
  }

  static Map<String, Object> of(String key, Object value) {
    return start().put(key, value).map();
  }

  static Map<String, Object> empty() {
    return new LinkedHashMap<>();
  }

  Tree put(String key, @Nullable Object value) {
    if (value != null) {
      map.put(key, value);
    }
    return this;
  }

  Tree putIf(boolean condition, String key, Object value) {
    return put(key, condition ? value : null);
  }

  Map<String, Object> map() {
    return map;
  }
}
