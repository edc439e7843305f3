package dev.drover.mappings.failure;

import java.util.regex.Pattern;

/** Text in a command of a remedy, which people paste into a shell of POSIX. */
public final class ShellWord {
  /** What no shell takes for anything but itself. */
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:+-]+");

  private ShellWord() {}

  /** As it is where that is safe, else in quotes. */
  public static String of(String text) {
    return PLAIN.matcher(text).matches() ? text : quoted(text);
  }

  /** In single quotes, in which a shell changes nothing. */
  public static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
