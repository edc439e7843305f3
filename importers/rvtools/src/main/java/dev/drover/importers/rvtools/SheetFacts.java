package dev.drover.importers.rvtools;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** What was seen of one sheet in one file. */
final class SheetFacts {
  final Topic topic;
  final String name;
  final Set<Field> present = EnumSet.noneOf(Field.class);
  final Map<Field, Long> units = new EnumMap<>(Field.class);
  boolean headerFound;
  long rows;
  long lastRow;
  long formulas;
  long errors;
  long cut;
  long repeatedHeaders;
  long blankKeys;

  SheetFacts(Topic topic, String name) {
    this.topic = topic;
    this.name = name;
  }

  /** Whether rows of it can be used. */
  boolean usable() {
    return headerFound && (topic.key() == null || present.contains(topic.key()) || byId());
  }

  /** A VM can be known by its id where its name is missing. */
  private boolean byId() {
    return topic.isOfVms() && topic != Topic.INFO && present.contains(Field.VM_ID);
  }
}
