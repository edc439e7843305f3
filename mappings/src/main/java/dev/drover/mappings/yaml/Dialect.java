package dev.drover.mappings.yaml;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * A kind of file.
 *
 * @param kind a word for messages: {@code plan}
 * @param advice how to get such a file, in the imperative
 * @param schema its JSON Schema, draft 2020-12
 * @param largest bytes; a larger file is refused
 */
public record Dialect(String kind, String advice, String schema, int largest) {
  /**
   * The schema in a resource beside a class.
   *
   * @throws IllegalStateException where Drover's own jar lacks it
   */
  public static String schema(Class<?> beside, String resource) {
    try (InputStream in = beside.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(resource + " is missing from Drover's own jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
