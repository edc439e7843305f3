package dev.drover.tests.estate;

import dev.drover.tests.estate.Quirks.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects one row by its headers, and writes headers and cells as the quirks want them. */
final class RowMaker {
  private final String sheet;
  private final Quirks quirks;
  private final Map<String, @Nullable Object> cells = new LinkedHashMap<>();

  RowMaker(String sheet, Quirks quirks) {
    this.sheet = sheet;
    this.quirks = quirks;
  }

  RowMaker put(String header, @Nullable Object value) {
    cells.put(header, value);
    return this;
  }

  List<String> header() {
    List<String> names = new ArrayList<>();
    for (String header : cells.keySet()) {
      String name = quirks.has(Kind.OLD_HEADERS) ? old(header) : header;
      names.add(quirks.has(Kind.PREFIXED) ? sheet + name.replaceAll("[^A-Za-z0-9#]", "") : name);
    }
    return names;
  }

  private static String old(String header) {
    return switch (header) {
      case "CPUs" -> "# CPUs";
      case "NICs" -> "# NICs";
      case "Disks" -> "# Disks";
      case "In Use MiB" -> "In use MB";
      default -> header.replace("MiB", "MB");
    };
  }

  List<@Nullable Object> values() {
    List<@Nullable Object> values = new ArrayList<>();
    for (Object cell : cells.values()) {
      if (cell instanceof Boolean flag && quirks.has(Kind.DIGIT_BOOLEANS)) {
        values.add(flag ? 1 : 0);
      } else if (cell instanceof Number number && quirks.has(Kind.GERMAN_NUMBERS)) {
        values.add(text(number, Locale.GERMANY));
      } else if (cell instanceof Number number && quirks.has(Kind.ENGLISH_NUMBERS)) {
        values.add(text(number, Locale.US));
      } else {
        values.add(cell);
      }
    }
    return values;
  }

  private static String text(Number number, Locale locale) {
    return number instanceof Double
        ? String.format(locale, "%,.1f", number.doubleValue())
        : String.format(locale, "%,d", number.longValue());
  }
}
