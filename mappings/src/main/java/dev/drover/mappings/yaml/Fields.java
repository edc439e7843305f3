package dev.drover.mappings.yaml;

import dev.drover.mappings.model.ByteSize;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A map of a document without mistakes, for a binder.
 *
 * @param json the map; where the document has none, it has no keys either
 */
public record Fields(JsonNode json) {
  /** The map at a key. */
  public Fields at(String key) {
    return new Fields(json.path(key));
  }

  public boolean has(String key) {
    return json.has(key);
  }

  /** The text at a key that the schema requires. */
  public String required(String key) {
    return json.path(key).asString();
  }

  public @Nullable String text(String key) {
    return json.has(key) ? json.path(key).asString() : null;
  }

  /** The text, read as something else. */
  public <T> @Nullable T word(String key, Function<String, T> value) {
    String text = text(key);
    return text == null ? null : value.apply(text);
  }

  public @Nullable Integer integer(String key) {
    return json.has(key) ? json.path(key).asInt() : null;
  }

  public int integer(String key, int otherwise) {
    return json.path(key).asInt(otherwise);
  }

  public @Nullable Double number(String key) {
    return json.has(key) ? json.path(key).asDouble() : null;
  }

  public double number(String key, double otherwise) {
    return json.path(key).asDouble(otherwise);
  }

  /** Null where there is none; the checks have refused what is no size. */
  public @Nullable ByteSize size(String key) {
    return word(key, text -> Sizes.parse(text).orElseThrow());
  }

  /** The items of a list of maps. */
  public <T> List<T> list(String key, Function<Fields, T> item) {
    return json.path(key).valueStream().map(Fields::new).map(item).toList();
  }

  /** The items of a list of texts. */
  public List<String> texts(String key) {
    return json.path(key).valueStream().map(JsonNode::asString).toList();
  }

  /** The values of a map, in the order of the file. */
  public <T> Map<String, T> map(String key, Function<JsonNode, T> value) {
    Map<String, T> map = new LinkedHashMap<>();
    json.path(key).properties().forEach(e -> map.put(e.getKey(), value.apply(e.getValue())));
    return map;
  }
}
