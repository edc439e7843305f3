package dev.drover.batch.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The language of {@code report.json}. */
public final class ReportSchema {
  private ReportSchema() {}

  /** Its JSON Schema: draft 2020-12, indented, with a description at each property. */
  public static String json() {
    try (InputStream in = ReportSchema.class.getResourceAsStream("report.schema.json")) {
      if (in == null) {
        throw new IllegalStateException("report.schema.json is missing beside this class");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
