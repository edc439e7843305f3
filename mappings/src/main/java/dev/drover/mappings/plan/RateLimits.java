package dev.drover.mappings.plan;

import dev.drover.mappings.model.ByteSize;
import dev.drover.mappings.yaml.Sizes;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How fast disks are copied at most.
 *
 * @param always at hours of which nothing else is said
 * @param hours the first that covers a moment counts
 */
public record RateLimits(ZoneId zone, Rates always, List<Hours> hours) {
  /** As fast as it goes. */
  public static final RateLimits NONE =
      new RateLimits(ZoneOffset.UTC, new Rates(null, null, null), List.of());

  /** The word for no limit. */
  public static final String UNLIMITED = "none";

  private static final String PER_SECOND = "/s";

  public RateLimits {
    hours = List.copyOf(hours);
  }

  /**
   * Bytes a second; 0 for no limit, null where nothing is said.
   *
   * @param disk each of them
   * @param host all disks together that come from one host of the source
   * @param wave all disks of a wave together
   */
  public record Rates(@Nullable Long disk, @Nullable Long host, @Nullable Long wave) {
    private Rates over(Rates below) {
      return new Rates(
          disk == null ? below.disk : disk,
          host == null ? below.host : host,
          wave == null ? below.wave : wave);
    }
  }

  /**
   * Rates at some hours.
   *
   * @param days on which they begin
   * @param to on the next day where it is not behind {@code from}
   */
  public record Hours(Set<DayOfWeek> days, LocalTime from, LocalTime to, Rates rates) {
    public Hours {
      days = Set.copyOf(days);
    }

    private boolean cover(ZonedDateTime moment) {
      LocalTime time = moment.toLocalTime();
      DayOfWeek today = moment.getDayOfWeek();
      if (from.isBefore(to)) {
        return days.contains(today) && !time.isBefore(from) && time.isBefore(to);
      }
      return (days.contains(today) && !time.isBefore(from))
          || (days.contains(today.minus(1)) && time.isBefore(to));
    }
  }

  /** What counts at a moment. */
  public Rates at(Instant moment) {
    ZonedDateTime local = moment.atZone(zone);
    return hours.stream()
        .filter(h -> h.cover(local))
        .findFirst()
        .map(h -> h.rates.over(always))
        .orElse(always);
  }

  /** Bytes a second of {@code 50MB/s}; 0 of {@code none}; empty for anything else, and for zero. */
  static Optional<Long> parse(String text) {
    if (text.equals(UNLIMITED)) {
      return Optional.of(0L);
    }
    if (!text.endsWith(PER_SECOND)) {
      return Optional.empty();
    }
    return Sizes.parse(text.substring(0, text.length() - PER_SECOND.length()))
        .map(ByteSize::bytes)
        .filter(bytes -> bytes > 0);
  }
}
