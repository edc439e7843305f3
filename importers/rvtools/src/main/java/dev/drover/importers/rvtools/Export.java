package dev.drover.importers.rvtools;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All files of one export: one workbook, or the CSV files of one run. A row is an array of ints:
 * the file, the row's number in it, a number of the pool for each field of its topic, and behind
 * them, for vInfo, pairs of a custom attribute's name and value.
 */
final class Export {
  static final int FILE = 0;
  static final int ROW = 1;
  static final int FIRST = 2;

  final String name;
  final TextPool pool;

  /** Of all exports of the source; a row names its file by its place here. */
  final List<ExportFile> all;

  /** Of this one. */
  final List<ExportFile> files = new ArrayList<>();

  private final Map<Topic, List<int[]>> rows = new EnumMap<>(Topic.class);

  Export(String name, TextPool pool, List<ExportFile> all) {
    this.name = name;
    this.pool = pool;
    this.all = all;
  }

  List<int[]> rows(Topic topic) {
    return rows.computeIfAbsent(topic, t -> new ArrayList<>());
  }

  /** Whether any file has the sheet, in a form that can be used. */
  boolean has(Topic topic) {
    return files.stream().anyMatch(f -> usable(f.sheets.get(topic)));
  }

  private static boolean usable(@Nullable SheetFacts facts) {
    return facts != null && facts.usable();
  }

  /** Whether some file has the column. */
  boolean has(Topic topic, Field field) {
    return files.stream()
        .map(f -> f.sheets.get(topic))
        .anyMatch(s -> s != null && s.usable() && s.present.contains(field));
  }

  /** Takes a file that could not be read to its end out again. */
  void forget(ExportFile file) {
    int number = all.indexOf(file);
    rows.values().forEach(list -> list.removeIf(row -> row[FILE] == number));
    files.remove(file);
  }

  /** Whether this is a table of VMs that somebody made without RVTools. */
  boolean plain() {
    return !files.isEmpty() && files.stream().allMatch(f -> f.plain);
  }

  RowView view(Topic topic, int[] row) {
    return new RowView(this, topic, row);
  }

  int cell(Topic topic, int[] row, Field field) {
    int slot = topic.slot(field);
    return slot < 0 ? 0 : row[FIRST + slot];
  }

  @Nullable String text(Topic topic, int[] row, Field field) {
    return pool.get(cell(topic, row, field));
  }
}
