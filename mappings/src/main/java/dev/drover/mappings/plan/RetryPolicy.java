package dev.drover.mappings.plan;

import java.time.Duration;

/**
 * For failures that may pass by themselves.
 *
 * @param attempts in all, at least 1
 * @param delay before the second attempt; doubled before each further one
 */
public record RetryPolicy(int attempts, Duration delay) {
  /** Three attempts. */
  public static final RetryPolicy DEFAULT = new RetryPolicy(3, Duration.ofSeconds(5));

  public RetryPolicy {
    if (attempts < 1 || delay.isNegative()) {
      throw new IllegalArgumentException("attempts " + attempts + ", delay " + delay);
    }
  }
}
