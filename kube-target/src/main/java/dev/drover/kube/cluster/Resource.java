package dev.drover.kube.cluster;

import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An object of the cluster as it was answered. What is not there, or is of another type than asked
 * for, reads as empty: a cluster of another version is no reason to fall over.
 */
record Resource(Map<String, Object> body) {
  String name() {
    return text("metadata", "name");
  }

  String namespace() {
    return text("metadata", "namespace");
  }

  String uid() {
    return text("metadata", "uid");
  }

  String label(String key) {
    return text("metadata", "labels", key);
  }

  String annotation(String key) {
    return text("metadata", "annotations", key);
  }

  /** Whether somebody has asked for its deletion. */
  boolean leaving() {
    return !text("metadata", "deletionTimestamp").isEmpty();
  }

  /** The text at a path, or empty; numbers and booleans as JSON writes them. */
  String text(String... path) {
    Object value = at(path);
    return value == null || value instanceof Map || value instanceof List ? "" : value.toString();
  }

  /** The quantity at a path as a number, bytes or units; zero where there is none. */
  BigDecimal amount(String... path) {
    String text = text(path);
    return text.isEmpty() ? BigDecimal.ZERO : Quantity.parse(text).getNumericalAmount();
  }

  /** The object at a path, or an empty one. */
  Map<String, Object> map(String... path) {
    return asMap(at(path));
  }

  /** The objects in the list at a path; what is no object is left out. */
  List<Resource> list(String... path) {
    if (at(path) instanceof List<?> list) {
      return list.stream().filter(Map.class::isInstance).map(o -> new Resource(asMap(o))).toList();
    }
    return List.of();
  }

  /** The condition of a type, or an empty object. */
  Resource condition(String type) {
    return list("status", "conditions").stream()
        .filter(c -> c.text("type").equals(type))
        .findFirst()
        .orElse(new Resource(Map.of()));
  }

  private @Nullable Object at(String... path) {
    Object value = body;
    for (String key : path) {
      value = asMap(value).get(key);
      if (value == null) {
        return null;
      }
    }
    return value;
  }

  @SuppressWarnings("unchecked") // JSON's keys are strings
  private static Map<String, Object> asMap(@Nullable Object value) {
    return value instanceof Map ? (Map<String, Object>) value : Map.of();
  }
}
