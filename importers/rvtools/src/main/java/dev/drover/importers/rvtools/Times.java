package dev.drover.importers.rvtools;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Times of an export, which never say their zone: serial numbers of Excel (days since 1899-12-30,
 * ECMA-376 part 1, 18.17.4.1), or texts. A text like 03/04/2024 may be March or April, so it is no
 * time; 13/04/2024 is one.
 */
final class Times {
  private static final LocalDateTime EPOCH = LocalDateTime.of(1899, 12, 30, 0, 0);

  /** 1970 to 2149; a smaller or larger number is no day on which anybody made a snapshot. */
  private static final double FIRST_DAY = 25_569;

  private static final double LAST_DAY = 91_000;

  private static final Pattern TEXT =
      Pattern.compile(
          "(\\d{1,4})([./-])(\\d{1,2})\\2(\\d{1,4})(?:[T ,]+(\\d{1,2}):(\\d{2})(?::(\\d{2})(?:\\.\\d+)?)?"
              + "(?: ?([AaPp])\\.?[Mm]\\.?)?)?");

  private Times() {}

  /** The time, or null where it cannot be told. */
  static @Nullable LocalDateTime parse(@Nullable String text) {
    if (text == null) {
      return null;
    }
    Double serial = NumberStyle.POINT.parse(text.indexOf(',') >= 0 ? text.replace(',', '.') : text);
    if (serial != null) {
      return serial < FIRST_DAY || serial > LAST_DAY
          ? null
          : EPOCH.plus(Duration.ofSeconds(Math.round(serial * 86_400)));
    }
    Matcher match = TEXT.matcher(text.strip());
    try {
      return match.matches() ? of(match) : null;
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static @Nullable LocalDateTime of(Matcher match) {
    int first = Integer.parseInt(match.group(1));
    int second = Integer.parseInt(match.group(3));
    int third = Integer.parseInt(match.group(4));
    if (match.group(1).length() == 4) {
      return at(first, second, third, match);
    } else if (match.group(4).length() != 4) {
      return null;
    } else if (match.group(2).equals(".") || first > 12) {
      return at(third, second, first, match);
    }
    return second > 12 || first == second ? at(third, first, second, match) : null;
  }

  private static LocalDateTime at(int year, int month, int day, Matcher match) {
    int hour = match.group(5) == null ? 0 : Integer.parseInt(match.group(5));
    int minute = match.group(6) == null ? 0 : Integer.parseInt(match.group(6));
    int second = match.group(7) == null ? 0 : Integer.parseInt(match.group(7));
    if (match.group(8) != null) {
      hour = hour % 12 + (match.group(8).equalsIgnoreCase("p") ? 12 : 0);
    }
    return LocalDateTime.of(year, month, day, hour, minute, second);
  }
}
