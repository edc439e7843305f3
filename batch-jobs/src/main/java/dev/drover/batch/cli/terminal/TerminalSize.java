package dev.drover.batch.cli.terminal;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/**
 * How large the terminal's window is. The launcher measures it once, since Java cannot; {@link
 * #measure()} asks {@code stty} again when the window was resized. Safe for use by several threads.
 */
public final class TerminalSize {
  private static final int DEFAULT_COLUMNS = 80;
  private static final int DEFAULT_ROWS = 24;

  /** Columns above, rows below: both change at once. */
  private volatile long columnsAndRows;

  /** A size; what is not positive becomes 80 by 24. */
  public TerminalSize(int columns, int rows) {
    set(columns, rows);
  }

  private void set(int columns, int rows) {
    columnsAndRows =
        ((long) (columns > 0 ? columns : DEFAULT_COLUMNS) << 32) | (rows > 0 ? rows : DEFAULT_ROWS);
  }

  /** Columns of the window. */
  public int columns() {
    return (int) (columnsAndRows >>> 32);
  }

  /** Rows of the window. */
  public int rows() {
    return (int) columnsAndRows;
  }

  /** Asks again; keeps the old size where nobody answers. */
  void measure() {
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(new File("/dev/tty"))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String answer =
          new String(stty.getInputStream().readNBytes(32), StandardCharsets.US_ASCII).strip();
      if (!stty.waitFor(1, TimeUnit.SECONDS)) {
        stty.destroy();
      }
      if (answer.matches("\\d{1,5} \\d{1,5}")) {
        int space = answer.indexOf(' ');
        set(
            Integer.parseInt(answer.substring(space + 1)),
            Integer.parseInt(answer.substring(0, space)));
      }
    } catch (IOException e) {
      // No stty or no terminal: the old size is as good as any.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
