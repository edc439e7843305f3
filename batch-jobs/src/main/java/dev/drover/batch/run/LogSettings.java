package dev.drover.batch.run;

import java.util.Locale;

/**
 * How Drover logs. The command line sets the system properties before the first log line; the
 * environment serves where there is no command line.
 *
 * <ul>
 *   <li>{@value #FORMAT_PROPERTY} or {@code DROVER_LOG_FORMAT}: {@code text} (default) or {@code
 *       json}
 *   <li>{@value #LEVEL_PROPERTY} or {@code DROVER_LOG_LEVEL}: what reaches standard error; {@code
 *       warn} for text and {@code info} for JSON unless it is set
 * </ul>
 *
 * <p>A run writes to a file in its state directory as well, from {@code info} on, in the same
 * format.
 *
 * @param level a name that Logback knows, in upper case
 */
public record LogSettings(Format format, String level) {
  /** Set to {@code text} or {@code json}. */
  public static final String FORMAT_PROPERTY = "drover.log.format";

  /** Set to {@code error}, {@code warn}, {@code info}, {@code debug} or {@code trace}. */
  public static final String LEVEL_PROPERTY = "drover.log.level";

  /** How a line looks. */
  public enum Format {
    /** For people. */
    TEXT,
    /** One JSON object a line, for programs. */
    JSON
  }

  /** As properties and environment say; what makes no sense counts as not said. */
  public static LogSettings current() {
    Format format =
        "json".equalsIgnoreCase(said(FORMAT_PROPERTY, "DROVER_LOG_FORMAT"))
            ? Format.JSON
            : Format.TEXT;
    String level = said(LEVEL_PROPERTY, "DROVER_LOG_LEVEL").toUpperCase(Locale.ROOT);
    if (!level.matches("ERROR|WARN|INFO|DEBUG|TRACE|OFF")) {
      level = format == Format.JSON ? "INFO" : "WARN";
    }
    return new LogSettings(format, level);
  }

  private static String said(String property, String variable) {
    String value = System.getProperty(property, System.getenv(variable));
    return value == null ? "" : value.strip();
  }
}
