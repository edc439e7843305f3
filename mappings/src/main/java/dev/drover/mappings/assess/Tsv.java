package dev.drover.mappings.assess;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** A table beside this class: tabs between columns, comments behind {@code #}. */
final class Tsv {
  private Tsv() {}

  /** Its lines; fails where one has not that many columns. */
  static List<String[]> read(String resource, int columns) {
    try (InputStream in =
            Objects.requireNonNull(Tsv.class.getResourceAsStream(resource), resource);
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return reader
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(line -> cells(resource, line, columns))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(resource, e);
    }
  }

  private static String[] cells(String resource, String line, int columns) {
    String[] cells = line.split("\t", -1);
    if (cells.length != columns) {
      throw new IllegalStateException(resource + ": not " + columns + " columns: " + line);
    }
    return cells;
  }
}
