package dev.drover.mappings.plan;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times as a plan or a policy spells them: {@code 90s}, {@code 5m}, {@code 1h30m}. */
public final class Durations {
  private static final Pattern FORM =
      Pattern.compile("(?:([0-9]{1,6})h)?(?:([0-9]{1,6})m)?(?:([0-9]{1,6})s)?");

  private Durations() {}

  /**
   * Reads what the schema lets through.
   *
   * @throws IllegalArgumentException for anything else
   */
  public static Duration parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (text.isEmpty() || !matcher.matches()) {
      throw new IllegalArgumentException("expected a time like 90s, 5m or 1h30m, not: " + text);
    }
    return Duration.ofHours(group(matcher, 1))
        .plusMinutes(group(matcher, 2))
        .plusSeconds(group(matcher, 3));
  }

  /** The shortest spelling that {@link #parse} reads back to the same seconds. */
  public static String format(Duration duration) {
    long seconds = duration.toSeconds();
    StringBuilder text = new StringBuilder();
    if (seconds >= 3600) {
      text.append(seconds / 3600).append('h');
    }
    if (seconds / 60 % 60 > 0) {
      text.append(seconds / 60 % 60).append('m');
    }
    if (seconds % 60 > 0 || text.isEmpty()) {
      text.append(seconds % 60).append('s');
    }
    return text.toString();
  }

  private static long group(Matcher matcher, int number) {
    String digits = matcher.group(number);
    return digits == null ? 0 : Long.parseLong(digits);
  }
}
