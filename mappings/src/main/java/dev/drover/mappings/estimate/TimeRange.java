package dev.drover.mappings.estimate;

import java.time.Duration;

/** How long something takes: a point would be a lie. */
public record TimeRange(Duration low, Duration high) {
  /** No time at all. */
  public static final TimeRange ZERO = new TimeRange(Duration.ZERO, Duration.ZERO);

  public TimeRange {
    if (low.isNegative() || high.compareTo(low) < 0) {
      throw new IllegalArgumentException("no range: " + low + " to " + high);
    }
  }

  /** One after the other. */
  public TimeRange plus(TimeRange other) {
    return new TimeRange(low.plus(other.low), high.plus(other.high));
  }
}
