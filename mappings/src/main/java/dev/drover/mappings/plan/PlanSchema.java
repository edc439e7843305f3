package dev.drover.mappings.plan;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The JSON Schema of plan files. */
public final class PlanSchema {
  private static final String RESOURCE = "plan.schema.json";

  private PlanSchema() {}

  /** Draft 2020-12, indented, with a description at each property. */
  public static String json() {
    try (InputStream in = PlanSchema.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException(RESOURCE + " is missing from Drover's own jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
