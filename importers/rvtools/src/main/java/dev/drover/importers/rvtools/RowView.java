package dev.drover.importers.rvtools;

import dev.drover.mappings.model.Answer;
import dev.drover.mappings.model.ByteSize;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A row, and its cells as what they mean. What is blank, missing or no such thing is unknown. */
final class RowView {
  /** As Excel shows them in the languages of RVTools' users. */
  private static final Set<String> YES =
      Set.of("true", "1", "yes", "y", "on", "wahr", "ja", "vrai", "oui", "verdadero", "sí", "vero");

  private static final Set<String> NO =
      Set.of("false", "0", "no", "n", "off", "falsch", "nein", "faux", "non", "falso");

  private final Export export;
  private final Topic topic;
  private final int[] row;

  /** Cells that hold something else than they should: {@code In Use MiB is "abc"}. */
  private final List<String> wrong = new ArrayList<>();

  RowView(Export export, Topic topic, int[] row) {
    this.export = export;
    this.topic = topic;
    this.row = row;
  }

  /** {@code export.xlsx:vInfo:12}. */
  String place() {
    return place(export, topic, row);
  }

  static String place(Export export, Topic topic, int[] row) {
    return export.all.get(row[Export.FILE]).name + ":" + topic.sheet() + ":" + row[Export.ROW];
  }

  @Nullable String text(Field field) {
    String text = export.text(topic, row, field);
    return text == null || text.charAt(0) != NumberStyle.RAW ? text : text.substring(1);
  }

  /** What a whole number names, without what Excel made of it; null where unknown. */
  @Nullable String key(Field field) {
    String text = text(field);
    return text == null ? null : WholeText.of(text);
  }

  /** In lower case, for words of vSphere; empty where unknown. */
  String word(Field field) {
    String text = text(field);
    return text == null ? "" : text.toLowerCase(Locale.ROOT);
  }

  Answer answer(Field field) {
    String word = word(field);
    return YES.contains(word) ? Answer.YES : NO.contains(word) ? Answer.NO : Answer.UNKNOWN;
  }

  /** A number that may be negative. */
  @Nullable Double signed(Field field) {
    String text = export.text(topic, row, field);
    if (text == null) {
      return null;
    }
    Double value = file().style().parse(text);
    if (value == null) {
      complain(field, text);
    }
    return value;
  }

  /** A number from 0, or null; one below is complained about. */
  @Nullable Double number(Field field) {
    Double value = signed(field);
    if (value != null && value < 0) {
      complain(field, String.valueOf(text(field)));
      return null;
    }
    return value;
  }

  /** A whole number of things. */
  @Nullable Integer count(Field field) {
    Double value = number(field);
    if (value == null) {
      return null;
    }
    if (value != Math.rint(value) || value > Integer.MAX_VALUE) {
      complain(field, String.valueOf(text(field)));
      return null;
    }
    return value.intValue();
  }

  /** MHz and the like, where -1 means that there is no such thing. */
  @Nullable Long amount(Field field) {
    Double value = signed(field);
    return value == null || value < 0 || value > Limits.BYTES ? null : Math.round(value);
  }

  /** In the unit that the column's header tells, MiB by default. */
  @Nullable ByteSize size(Field field) {
    Double value = number(field);
    if (value == null) {
      return null;
    }
    double bytes = value * file().unit(topic, field);
    if (bytes > Limits.BYTES) {
      complain(field, String.valueOf(text(field)));
      return null;
    }
    return new ByteSize(Math.round(bytes));
  }

  /** A part of a cell, as a size in the column's unit. */
  @Nullable ByteSize sizeOf(Field field, String part) {
    ExportFile file = file();
    Double value = file.style().parse(part);
    double bytes = value == null ? -1 : value * file.unit(topic, field);
    if (bytes < 0 || bytes > Limits.BYTES) {
      complain(field, part);
      return null;
    }
    return new ByteSize(Math.round(bytes));
  }

  ExportFile file() {
    return export.all.get(row[Export.FILE]);
  }

  private void complain(Field field, String text) {
    String shown = text.length() > 60 ? text.substring(0, 60) + "…" : text;
    wrong.add(
        place()
            + " "
            + topic.expected().getOrDefault(field, field.name())
            + " \""
            + shown.replace(String.valueOf(NumberStyle.RAW), "")
            + "\"");
  }

  List<String> wrong() {
    return wrong;
  }

  /** Columns that RVTools does not define, in the order of the file. */
  Map<String, String> attributes() {
    Map<String, String> attributes = new LinkedHashMap<>();
    for (int i = Export.FIRST + topic.width(); i + 1 < row.length; i += 2) {
      String name = export.pool.get(row[i]);
      String value = export.pool.get(row[i + 1]);
      if (name != null && value != null) {
        attributes.put(name, value.charAt(0) == NumberStyle.RAW ? value.substring(1) : value);
      }
    }
    return attributes;
  }
}
