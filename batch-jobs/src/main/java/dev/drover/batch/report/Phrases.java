package dev.drover.batch.report;

import dev.drover.mappings.assess.StorageNeed;
import dev.drover.mappings.estimate.TimeRange;
import dev.drover.mappings.model.Disposition;
import dev.drover.mappings.model.Finding;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The words and figures of the report. English, and alike in all its forms. */
public final class Phrases {
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter START =
      DateTimeFormatter.ofPattern("EEE d MMM uuuu, HH:mm", Locale.ENGLISH);
  private static final DateTimeFormatter END = DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH);

  private Phrases() {}

  /** A disposition as a heading. */
  public static String of(Disposition.Kind kind) {
    return switch (kind) {
      case ready -> "Ready";
      case remedy -> "Ready with remedy";
      case decision -> "Needs a decision";
      case retain -> "Stays";
      case retire -> "Retires";
      case rebuild -> "Is rebuilt";
    };
  }

  /** What a disposition means, in one clause. */
  static String meaning(Disposition.Kind kind) {
    return switch (kind) {
      case ready -> "can move as it is";
      case remedy -> "can move once what its warnings say is done";
      case decision -> "somebody has to decide: a blocker, or too much is unknown";
      case retain -> "stays where it is";
      case retire -> "is switched off for good";
      case rebuild -> "is installed anew at the target";
    };
  }

  /** A severity as a heading. */
  public static String of(Finding.Severity severity) {
    return switch (severity) {
      case BLOCKER -> "Blocker";
      case WARNING -> "Warning";
      case INFO -> "Info";
    };
  }

  /** A need of storage as a heading. */
  public static String of(StorageNeed.Kind kind) {
    return switch (kind) {
      case READ_WRITE_MANY -> "Live migration (ReadWriteMany)";
      case SNAPSHOT -> "Volume snapshots";
      case EXPANSION -> "Volume expansion";
      case BLOCK -> "Raw block volumes";
      case LARGE_VOLUME -> "Volumes this large";
      case CLONE -> "Volume cloning";
    };
  }

  /** {@code 12,345}. */
  public static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** {@code 12,345 VMs}. */
  public static String count(long number, String singular) {
    return number(number) + " " + singular + (number == 1 ? "" : "s");
  }

  /** {@code 2.5%}; neither all nor nothing is rounded to. */
  public static String share(long part, long whole) {
    if (whole == 0) {
      return "–";
    }
    double percent = 100.0 * part / whole;
    if (part > 0 && percent < 0.1) {
      return "<0.1%";
    }
    if (part < whole && percent > 99.9) {
      return ">99.9%";
    }
    return String.format(Locale.ROOT, percent == Math.rint(percent) ? "%.0f%%" : "%.1f%%", percent);
  }

  /** {@code 45 s}, {@code 90 min}, {@code 5.5 h}, {@code 3.2 days}, {@code 2.5 years}. */
  static String span(Duration time) {
    double seconds = time.toSeconds();
    if (seconds < 120) {
      return time.toSeconds() + " s";
    }
    if (seconds < 2 * 3600) {
      return Math.round(seconds / 60) + " min";
    }
    if (seconds < 48 * 3600) {
      return decimal(seconds / 3600) + " h";
    }
    double days = seconds / 86_400;
    return days < 730 ? decimal(days) + " days" : decimal(days / 365.25) + " years";
  }

  /** {@code 4 to 9 h}, {@code 90 min to 3 h}, or one of them where they read alike. */
  public static String range(TimeRange range) {
    String low = span(range.low());
    String high = span(range.high());
    if (low.equals(high)) {
      return low;
    }
    int unit = low.indexOf(' ');
    boolean alike = low.substring(unit).equals(high.substring(high.indexOf(' ')));
    return (alike ? low.substring(0, unit) : low) + " to " + high;
  }

  private static String decimal(double value) {
    String text = String.format(Locale.ROOT, value < 100 ? "%.1f" : "%,.0f", value);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }

  /** {@code 3 March 2027, 14:05 UTC}. */
  static String moment(Instant instant) {
    return MOMENT.format(instant);
  }

  /** {@code Sat 6 Mar 2027, 22:00 – 06:00 (Europe/Berlin)}. */
  public static String slot(ZonedDateTime start, ZonedDateTime end) {
    return START.format(start)
        + " – "
        + (Duration.between(start, end).toHours() < 24 ? END : START).format(end)
        + " ("
        + start.getZone()
        + ")";
  }
}
