package dev.drover.importers.rvtools;

import dev.drover.mappings.failure.SourceFailed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Takes the cells of one sheet, row after row: the first row that looks like a header is it, and
 * what follows is kept. Not thread-safe.
 */
final class SheetSink {
  private final Export export;
  private final ExportFile file;
  private final int fileNumber;
  private final SheetFacts facts;
  private final Topic topic;
  private final List<int[]> rows;
  private final List<String> head = new ArrayList<>();
  private @Nullable Header header;
  private int headless;
  private int[] cells = new int[64];
  private int width;
  private boolean any;

  SheetSink(Export export, ExportFile file, SheetFacts facts) {
    this.export = export;
    this.file = file;
    this.fileNumber = export.all.indexOf(file);
    this.facts = facts;
    this.topic = facts.topic;
    this.rows = export.rows(topic);
  }

  /** Whether anybody asks for a column; true for all until the header is known. */
  boolean wants(int column) {
    return header == null || header.wants(column);
  }

  /**
   * A cell with text, or the text of what a workbook keeps as a number with {@link
   * NumberStyle#RAW}.
   */
  void text(int column, String value) {
    if (header == null) {
      head(column, value);
    } else if (header.wants(column) && !value.isEmpty()) {
      if (header.isNumber(column) && value.charAt(0) != NumberStyle.RAW) {
        file.evidence.see(value);
      }
      set(column, export.pool.add(value));
    }
  }

  /** A cell whose text is in the pool. */
  void pooled(int column, int id) {
    if (header == null || header.isNumber(column)) {
      String text = export.pool.get(id);
      text(column, text == null ? "" : text);
    } else if (header.wants(column)) {
      set(column, id);
    }
  }

  private void set(int column, int id) {
    int slot = header == null ? -1 : header.slot(column);
    if (slot >= cells.length) {
      cells = Arrays.copyOf(cells, Math.max(slot + 1, cells.length * 2));
    }
    cells[slot] = id;
    width = Math.max(width, slot + 1);
    any |= id != 0;
  }

  private void head(int column, String value) {
    while (head.size() <= column) {
      head.add("");
    }
    head.set(column, value);
  }

  /** The row is over. */
  void endRow(long number) {
    facts.lastRow = number;
    if (header == null) {
      endHeaderRow();
    } else if (any) {
      keep(number);
    }
    Arrays.fill(cells, 0, width, 0);
    width = 0;
    any = false;
  }

  private void endHeaderRow() {
    Header candidate = Header.of(topic, head);
    boolean blank = head.stream().allMatch(String::isBlank);
    if (!blank && candidate.known() >= Math.min(2, topic.expected().size())) {
      header = candidate;
      facts.headerFound = true;
      facts.present.addAll(candidate.fields());
      facts.units.putAll(candidate.units());
    } else if (!blank) {
      headless++;
    }
    head.clear();
  }

  /** Whether to go on reading. */
  boolean hopeless() {
    return header == null ? headless >= Limits.ROWS_BEFORE_HEADER : !facts.usable();
  }

  private void keep(long number) {
    Header known = java.util.Objects.requireNonNull(header);
    if (isHeaderAgain()) {
      facts.repeatedHeaders++;
      return;
    }
    if (rows.size() >= Limits.ROWS) {
      throw new SourceFailed(
          file.name,
          "it has more than " + Limits.ROWS + " rows",
          "give Drover one vCenter at a time");
    }
    int pairs = 0;
    for (int i = topic.width(); i < width; i++) {
      pairs += cells[i] == 0 ? 0 : 1;
    }
    int[] row = new int[Export.FIRST + topic.width() + 2 * pairs];
    row[Export.FILE] = fileNumber;
    row[Export.ROW] = (int) Math.min(number, Integer.MAX_VALUE);
    System.arraycopy(cells, 0, row, Export.FIRST, Math.min(width, topic.width()));
    int at = Export.FIRST + topic.width();
    for (int i = topic.width(); i < width; i++) {
      if (cells[i] != 0) {
        row[at++] = export.pool.add(known.attribute(i));
        row[at++] = cells[i];
      }
    }
    rows.add(row);
    facts.rows++;
  }

  /**
   * Programs that merge exports leave a header between them, and some write a line in which every
   * cell has its column's name. A VM may well be called VM; then its id is not "VM ID".
   */
  private boolean isHeaderAgain() {
    int slot = topic.slot(Field.VM);
    String name = topic.isOfVms() ? export.pool.get(cells[slot]) : null;
    if (name == null || topic.field(HeaderName.of(name).word()) != Field.VM) {
      return false;
    }
    String id = export.pool.get(cells[topic.slot(Field.VM_ID)]);
    return id == null || id.toLowerCase(Locale.ROOT).replace(" ", "").equals("vmid");
  }
}
