package dev.drover.importers.rvtools;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which column holds what. The first of two columns of one meaning counts. */
final class Header {
  /** The longest name of a custom attribute; vSphere's own limit is 80. */
  private static final int ATTRIBUTE_CHARS = 255;

  /** The one sheet that has custom attributes. */
  private static final String PREFIX = "vInfo";

  private final int[] slots;
  private final BitSet numbers = new BitSet();
  private final Map<Field, Long> units = new EnumMap<>(Field.class);
  private final List<String> attributes = new ArrayList<>();
  private final int firstAttribute;

  private Header(Topic topic, int columns) {
    this.slots = new int[columns];
    this.firstAttribute = topic.width();
  }

  static Header of(Topic topic, List<String> cells) {
    Header header = new Header(topic, cells.size());
    Set<String> seen = new HashSet<>();
    boolean prefixed = isPrefixed(cells);
    for (int i = 0; i < cells.size(); i++) {
      String text = cells.get(i).strip();
      HeaderName name = HeaderName.of(text);
      Field field = topic.field(name.word());
      if (field == null) {
        name = name.withoutGluedUnit();
        field = topic.field(name.word());
      }
      header.slots[i] = -1;
      if (field != null) {
        header.field(topic, i, field, name.unit());
      } else if (topic == Topic.INFO && !text.isEmpty() && seen.add(text)) {
        header.attribute(i, prefixed ? text.substring(PREFIX.length()) : text, name.word());
      }
    }
    return header;
  }

  /** As RVTools' merger writes it: each header behind the name of its sheet. */
  private static boolean isPrefixed(List<String> cells) {
    return cells.stream()
        .map(String::strip)
        .filter(text -> !text.isEmpty())
        .allMatch(text -> text.length() > PREFIX.length() && text.startsWith(PREFIX));
  }

  private void field(Topic topic, int column, Field field, long unit) {
    if (units.putIfAbsent(field, unit) == null) {
      slots[column] = topic.slot(field);
      numbers.set(column, field.isNumber());
    }
  }

  private void attribute(int column, String text, String word) {
    if (!KnownColumns.isOfRvtools(word)) {
      slots[column] = firstAttribute + attributes.size();
      attributes.add(text.length() > ATTRIBUTE_CHARS ? text.substring(0, ATTRIBUTE_CHARS) : text);
    }
  }

  boolean wants(int column) {
    return column < slots.length && slots[column] >= 0;
  }

  int slot(int column) {
    return slots[column];
  }

  boolean isNumber(int column) {
    return numbers.get(column);
  }

  /** The name of the attribute that a slot behind the topic's own holds. */
  String attribute(int slot) {
    return attributes.get(slot - firstAttribute);
  }

  /** How many columns mean something. */
  int known() {
    return units.size();
  }

  Set<Field> fields() {
    return units.keySet();
  }

  Map<Field, Long> units() {
    return units;
  }

  @Override
  public String toString() {
    return fields() + " " + attributes;
  }
}
