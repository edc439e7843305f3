package dev.drover.batch.report;

import dev.drover.mappings.model.ByteSize;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.jspecify.annotations.Nullable;

/**
 * A sheet: a frozen header with a filter, then rows, which leave memory as they come. No cell ever
 * holds a formula: a text that a spreadsheet would take for one is a text, and has the format of
 * texts, so that it stays one when somebody edits the cell or saves the sheet as CSV and back.
 */
final class SheetWriter implements AutoCloseable {
  /** A cell's limit, in Excel's specification. */
  static final int LONGEST = 32_767;

  private static final int FLUSH = 500;

  private final Workbook book;
  private final String title;
  private final List<Column> columns;
  private Worksheet sheet;
  private int sheets = 1;
  private int row;

  /**
   * A column.
   *
   * @param width in characters
   * @param format of its numbers, or null for texts
   */
  record Column(String title, int width, @Nullable String format) {
    static Column text(String title, int width) {
      return new Column(title, width, null);
    }

    static Column whole(String title, int width) {
      return new Column(title, width, "#,##0");
    }

    static Column decimal(String title, int width) {
      return new Column(title, width, "#,##0.0");
    }
  }

  SheetWriter(Workbook book, String title, Column... columns) {
    this.book = book;
    this.title = title;
    this.columns = List.of(columns);
    this.sheet = begin(title);
  }

  private Worksheet begin(String name) {
    Worksheet fresh = book.newWorksheet(name);
    fresh.freezePane(1, 1);
    for (int c = 0; c < columns.size(); c++) {
      fresh.width(c, columns.get(c).width());
      fresh.value(0, c, columns.get(c).title());
    }
    fresh
        .range(0, 0, 0, columns.size() - 1)
        .style()
        .bold()
        .fillColor("DCE6F1")
        .wrapText(true)
        .set();
    fresh.repeatRows(0);
    row = 1;
    return fresh;
  }

  /** GiB, since whole bytes tell nobody anything; null stays empty. */
  static @Nullable Double gibibytes(@Nullable ByteSize size) {
    return size == null ? null : (double) size.bytes() / (1L << 30);
  }

  /** Adds a row: texts, numbers, and nulls for what is unknown. */
  void row(@Nullable Object... cells) {
    if (row == Worksheet.MAX_ROWS) {
      end();
      sheets++;
      sheet = begin(title + " " + sheets);
    }
    for (int c = 0; c < cells.length; c++) {
      cell(c, cells[c]);
    }
    row++;
    if (row % FLUSH == 0) {
      flush();
    }
  }

  private void cell(int column, @Nullable Object value) {
    if (value instanceof Number number) {
      sheet.value(row, column, number);
      String format = columns.get(column).format();
      if (format != null) {
        sheet.style(row, column).format(format).set();
      }
    } else if (value != null) {
      text(column, ReportText.cut(value.toString(), LONGEST));
    }
  }

  private void text(int column, String text) {
    if (text.isEmpty()) {
      return;
    }
    sheet.inlineString(row, column, text);
    if (isLikeAFormula(text)) {
      sheet.style(row, column).format("@").set();
    }
  }

  /** https://owasp.org/www-community/attacks/CSV_Injection names these. */
  static boolean isLikeAFormula(String text) {
    return "=+-@\t\r＝＋－＠".indexOf(text.charAt(0)) >= 0;
  }

  private void flush() {
    try {
      sheet.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void end() {
    if (row > 1) {
      sheet.setAutoFilter(0, 0, row - 1, columns.size() - 1);
    }
    try {
      sheet.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    end();
  }
}
