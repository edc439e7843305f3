package dev.drover.kube.standin;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Trees of maps, as the wire has them. */
final class Json {
  private static final KubernetesSerialization MAPPER = new KubernetesSerialization();

  private Json() {}

  @SuppressWarnings("unchecked") // a JSON object
  static Map<String, Object> read(String json) {
    return json.isBlank() ? new LinkedHashMap<>() : MAPPER.unmarshal(json, LinkedHashMap.class);
  }

  static String write(Object tree) {
    return MAPPER.asJson(tree);
  }

  /** The value at a path, or null. */
  static @Nullable Object at(Map<String, Object> tree, String... path) {
    Object value = tree;
    for (String key : path) {
      value = value instanceof Map<?, ?> map ? map.get(key) : null;
    }
    return value;
  }

  /** The text at a path, or empty. */
  static String text(Map<String, Object> tree, String... path) {
    Object value = at(tree, path);
    return value == null ? "" : value.toString();
  }

  /** The objects of a list at a path. */
  static List<Map<String, Object>> list(Map<String, Object> tree, String... path) {
    List<Map<String, Object>> all = new ArrayList<>();
    if (at(tree, path) instanceof List<?> list) {
      list.forEach(one -> all.add(object(one)));
    }
    return all;
  }

  /** A JSON merge patch (RFC 7386) of a tree. */
  static Map<String, Object> merged(Map<String, Object> into, Map<String, Object> patch) {
    Map<String, Object> result = new LinkedHashMap<>(into);
    patch.forEach(
        (key, value) -> {
          if (value == null) {
            result.remove(key);
          } else if (value instanceof Map && result.get(key) instanceof Map) {
            result.put(key, merged(object(result.get(key)), object(value)));
          } else {
            result.put(key, value);
          }
        });
    return result;
  }

  @SuppressWarnings("unchecked") // JSON's keys are strings
  static Map<String, Object> object(@Nullable Object value) {
    return value instanceof Map ? (Map<String, Object>) value : Map.of();
  }
}
