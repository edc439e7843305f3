package dev.drover.batch.cli.terminal;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the command line reads and writes. Results go to {@code out}; progress, questions and
 * problems to {@code err}, so that {@code drover … -o json | jq} works.
 *
 * @param size of the window; means nothing where no stream is a terminal
 * @param colour whether text may be coloured
 * @param unicode whether the locale shows more than ASCII; names are printed as UTF-8 in any case
 */
public record Terminal(
    PrintStream out,
    PrintStream err,
    InputStream in,
    Attached attached,
    TerminalSize size,
    boolean colour,
    boolean unicode) {
  /** Which of the three streams are terminals. */
  public record Attached(boolean in, boolean out, boolean err) {
    /** None: a pipe, a file, a scheduler. */
    public static final Attached NOWHERE = new Attached(false, false, false);
  }

  /** This process's own; the launcher tells through system properties what Java cannot see. */
  public static Terminal system() {
    Map<String, String> env = System.getenv();
    String attached = System.getProperty("drover.terminal", attachedWithoutLauncher());
    return new Terminal(
        ResultStream.to(new FileOutputStream(FileDescriptor.out)),
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
        System.in,
        new Attached(attached.contains("0"), attached.contains("1"), attached.contains("2")),
        new TerminalSize(
            Integer.getInteger("drover.columns", 0), Integer.getInteger("drover.rows", 0)),
        mayColour(env),
        speaksUnicode(env));
  }

  private static String attachedWithoutLauncher() {
    return System.console() == null ? "" : "012";
  }

  /** See https://no-color.org: set and not empty means no colour. */
  static boolean mayColour(Map<String, String> env) {
    return env.getOrDefault("NO_COLOR", "").isEmpty() && !"dumb".equals(env.get("TERM"));
  }

  static boolean speaksUnicode(Map<String, String> env) {
    for (String variable : new String[] {"LC_ALL", "LC_CTYPE", "LANG"}) {
      String locale = env.getOrDefault(variable, "");
      if (!locale.isEmpty()) {
        String lower = locale.toLowerCase(java.util.Locale.ROOT);
        return lower.contains("utf-8") || lower.contains("utf8");
      }
    }
    return false;
  }

  /** The same without colours. */
  public Terminal withoutColour() {
    return new Terminal(out, err, in, attached, size, false, unicode);
  }

  /** The same with problems and progress going elsewhere, to no terminal. */
  public Terminal withErrors(PrintStream elsewhere) {
    return new Terminal(
        out,
        elsewhere,
        in,
        new Attached(attached.in(), attached.out(), false),
        size,
        colour,
        unicode);
  }

  /** Why results did not get through; null when they did. */
  public @Nullable IOException lost() {
    return out instanceof ResultStream results ? results.lost() : null;
  }

  /** The text as results show it. */
  public String styled(String text, Style style) {
    return colour && attached.out() ? style.around(text) : text;
  }

  /** The text as problems show it. */
  public String styledForErrors(String text, Style style) {
    return colour && attached.err() ? style.around(text) : text;
  }

  /** Columns that a line of a result may take; without a terminal there is no limit. */
  public int outColumns() {
    return attached.out() ? size.columns() : Integer.MAX_VALUE;
  }

  /** What stands for the rest of a text that was cut. */
  public String ellipsis() {
    return unicode ? "…" : "...";
  }
}
