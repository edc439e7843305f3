package dev.drover.batch.cli.terminal;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A terminal that remembers what was printed. */
public final class ScreenText {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Terminal terminal;

  private ScreenText(Terminal.Attached attached, int columns, boolean colour, String typed) {
    terminal =
        new Terminal(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)),
            attached,
            new TerminalSize(columns, 24),
            colour,
            true);
  }

  /** A pipe. */
  public static ScreenText pipe() {
    return new ScreenText(Terminal.Attached.NOWHERE, 0, true, "");
  }

  /** A window of that width at which somebody types. */
  public static ScreenText window(int columns, String typed) {
    return new ScreenText(new Terminal.Attached(true, true, true), columns, false, typed);
  }

  /** The same with colours. */
  public static ScreenText colourWindow(int columns) {
    return new ScreenText(new Terminal.Attached(true, true, true), columns, true, "");
  }

  /** To print on. */
  public Terminal terminal() {
    return terminal;
  }

  /** Results. */
  public String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  /** Progress and problems. */
  public String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  List<String> outLines() {
    return out().lines().toList();
  }

  List<String> errLines() {
    return err().lines().toList();
  }
}
