package dev.drover.batch.cli.terminal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A table that fits its terminal: where it is too wide, the widest of the columns that may shrink
 * gives way first. In a pipe nothing is cut. Cells are made harmless here. Not thread-safe.
 */
public final class Table {
  private static final String GAP = "  ";
  private static final int NARROWEST = 6;

  private final List<Column> columns;
  private final List<Cell[]> rows = new ArrayList<>();

  /** A table without rows. */
  public Table(Column... columns) {
    this.columns = List.of(columns);
  }

  /**
   * A column.
   *
   * @param shrinks whether its cells may be cut
   */
  public record Column(String title, boolean right, boolean shrinks) {
    /** Words that are shown whole. */
    public static Column whole(String title) {
      return new Column(title, false, false);
    }

    /** Words that may be cut. */
    public static Column text(String title) {
      return new Column(title, false, true);
    }

    /** Figures, aligned at their end. */
    public static Column figure(String title) {
      return new Column(title, true, false);
    }
  }

  /** A piece of text, with a style or null. */
  public record Cell(String text, @Nullable Style style) {
    /** Plain. */
    public static Cell of(Object value) {
      return new Cell(String.valueOf(value), null);
    }
  }

  /** Adds a row of as many cells as there are columns. */
  public Table row(Object... cells) {
    if (cells.length != columns.size()) {
      throw new IllegalArgumentException(cells.length + " cells for " + columns.size());
    }
    rows.add(
        Arrays.stream(cells)
            .map(c -> c instanceof Cell cell ? cell : Cell.of(c))
            .map(c -> new Cell(SafeText.line(c.text()), c.style()))
            .toArray(Cell[]::new));
    return this;
  }

  /** Whether there is no row. */
  public boolean isEmpty() {
    return rows.isEmpty();
  }

  /** Prints it, and nothing where there is no row. */
  public void print(Terminal terminal) {
    if (rows.isEmpty()) {
      return;
    }
    int[] widths = widths(terminal.outColumns());
    Cell[] head = columns.stream().map(c -> new Cell(c.title(), Style.BOLD)).toArray(Cell[]::new);
    terminal.out().println(line(head, widths, terminal));
    for (Cell[] row : rows) {
      terminal.out().println(line(row, widths, terminal));
    }
  }

  private int[] widths(int available) {
    int[] widths = columns.stream().mapToInt(c -> DisplayWidth.of(c.title())).toArray();
    for (Cell[] row : rows) {
      for (int i = 0; i < row.length; i++) {
        widths[i] = Math.max(widths[i], DisplayWidth.of(row[i].text()));
      }
    }
    int total = Arrays.stream(widths).sum() + GAP.length() * (widths.length - 1);
    while (total > available) {
      int widest =
          IntStream.range(0, widths.length)
              .filter(i -> columns.get(i).shrinks() && widths[i] > NARROWEST)
              .boxed()
              .max(Comparator.comparingInt(i -> widths[i]))
              .orElse(-1);
      if (widest < 0) {
        break;
      }
      widths[widest]--;
      total--;
    }
    return widths;
  }

  private String line(Cell[] cells, int[] widths, Terminal terminal) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < cells.length; i++) {
      String text = DisplayWidth.fit(cells[i].text(), widths[i], terminal.ellipsis());
      boolean last = i == cells.length - 1;
      String padded =
          columns.get(i).right()
              ? DisplayWidth.padLeft(text, widths[i])
              : last ? text : DisplayWidth.padRight(text, widths[i]);
      Style style = cells[i].style();
      line.append(style == null ? padded : terminal.styled(padded, style));
      line.append(last ? "" : GAP);
    }
    return line.toString().stripTrailing();
  }
}
