package dev.drover.importers.rvtools;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A file that was read, and what belongs to it as a whole. */
final class ExportFile {
  final Path path;

  /** As messages name it: its path from the source's location. */
  final String name;

  final NumberStyle.Evidence evidence = new NumberStyle.Evidence();
  final Map<Topic, SheetFacts> sheets = new EnumMap<>(Topic.class);
  final List<String> doubleSheets = new ArrayList<>();
  boolean plain;
  boolean macros;
  private @Nullable NumberStyle style;

  ExportFile(Path path, String name) {
    this.path = path;
    this.name = name;
  }

  /** Decided once, when all of the file was read. */
  NumberStyle style() {
    if (style == null) {
      style = evidence.decide();
    }
    return style;
  }

  void style(@Nullable NumberStyle chosen) {
    style = chosen;
  }

  /** Bytes that 1 stands for in a column. */
  long unit(Topic topic, Field field) {
    SheetFacts facts = sheets.get(topic);
    return facts == null ? HeaderName.MIB : facts.units.getOrDefault(field, HeaderName.MIB);
  }
}
