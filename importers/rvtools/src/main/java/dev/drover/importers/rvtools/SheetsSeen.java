package dev.drover.importers.rvtools;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Which sheets and columns the export has that a row is of. */
final class SheetsSeen {
  private final Map<ExportFile, Export> byFile = new IdentityHashMap<>();

  SheetsSeen(List<Export> exports) {
    exports.forEach(e -> e.files.forEach(f -> byFile.put(f, e)));
  }

  boolean has(RowView row, Topic topic) {
    Export export = byFile.get(row.file());
    return export != null && export.has(topic);
  }

  boolean has(RowView row, Topic topic, Field field) {
    Export export = byFile.get(row.file());
    return export != null && export.has(topic, field);
  }
}
