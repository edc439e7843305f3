package dev.drover.mappings.policy;

import dev.drover.mappings.yaml.Place;
import dev.drover.mappings.yaml.Problems;
import dev.drover.mappings.yaml.YamlNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Windows and blackouts: what their schema cannot say. */
final class WindowChecks {
  private static final Duration LONGEST = Duration.ofDays(7);

  private final Problems problems;
  private final Values values;
  private final Instant now;

  WindowChecks(Problems problems, Instant now) {
    this.problems = problems;
    this.values = new Values(problems);
    this.now = now;
  }

  void window(Place window) {
    ZoneId zone = values.zone(window, "zone");
    LocalTime from = values.time(window, "from");
    Duration length = values.duration(window, "length");
    length(window, length);
    LocalDate first = values.date(window, "first");
    LocalDate last = values.date(window, "last");
    boolean weekly = window.node().get("days") != null;
    if (!weekly && window.node().get("first") == null) {
      add(window, "this window has no day", "days: [saturday], or first: and a day");
      return;
    } else if (!weekly && window.node().get("last") != null) {
      add(window.step("last"), "a window without days is there once", "days: beside it");
      return;
    }
    LocalDate ends = weekly ? lastDay(window, first, last) : first;
    if (zone != null && from != null && length != null && ends != null) {
      ended(window.step(weekly ? "last" : "first"), zone, ends.atTime(from), length);
    }
  }

  private void length(Place window, @Nullable Duration length) {
    if (length != null && length.isZero()) {
      add(window.step("length"), "this window is over when it begins", "a time like 8h");
    } else if (length != null && length.compareTo(LONGEST) > 0) {
      add(
          window.step("length"),
          "this window is longer than a week",
          "at most 168h; a longer time is several windows, or all days with 24h");
    }
  }

  /** The last day on which a weekly window begins; null without an end or where it has none. */
  private @Nullable LocalDate lastDay(
      Place window, @Nullable LocalDate first, @Nullable LocalDate last) {
    if (last == null) {
      return null;
    }
    if (first != null && last.isBefore(first)) {
      add(window.step("last"), "it ends on " + last + ", before it begins", "a day after first");
      return null;
    }
    List<String> days =
        window.node().items("days").stream()
            .map(d -> d instanceof YamlNode.Scalar s ? s.text().toUpperCase(Locale.ROOT) : "")
            .toList();
    for (int back = 0; back < 7; back++) {
      LocalDate day = last.minusDays(back);
      if (first != null && day.isBefore(first)) {
        break;
      } else if (days.contains(day.getDayOfWeek().name())) {
        return day;
      }
    }
    if (!days.isEmpty() && days.stream().allMatch(WindowChecks::isDay)) {
      String which =
          days.stream().map(d -> d.toLowerCase(Locale.ROOT)).collect(Collectors.joining(", "));
      add(window.step("last"), "no " + which + " lies between first and last", "a later day");
    }
    return null;
  }

  private static boolean isDay(String word) {
    for (java.time.DayOfWeek day : java.time.DayOfWeek.values()) {
      if (day.name().equals(word)) {
        return true;
      }
    }
    return false;
  }

  private void ended(Place place, ZoneId zone, LocalDateTime begins, Duration length) {
    try {
      Instant end = begins.atZone(zone).toInstant().plus(length);
      if (!end.isAfter(now)) {
        String when = end.atZone(zone).toLocalDateTime().toString().replace('T', ' ');
        add(place, "this window was over on " + when, "a day to come, or no such window");
      }
    } catch (DateTimeException | ArithmeticException e) {
      add(place, "this window never ends", "a day in this century");
    }
  }

  void blackout(Place blackout) {
    values.zone(blackout, "zone");
    LocalDateTime from = values.dateTime(blackout, "from");
    LocalDateTime to = values.dateTime(blackout, "to");
    if (from != null && to != null && !to.isAfter(from)) {
      add(blackout.step("to"), "it ends on " + to + ", when it begins or before", "a later time");
    }
  }

  private void add(Place place, String what, String expected) {
    if (!problems.has(place.node())) {
      problems.add(place.node(), place.path(), what, expected, null);
    }
  }
}
