package dev.drover.mappings.policy;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is assumed of speeds. Measured rates replace what they cover.
 *
 * @param linkMbit megabits a second between source and target, shared by all copies
 * @param hostMiB mebibytes a second that one source host gives, shared by its copies
 * @param datastoreMiB the same of a source datastore; null without a cap
 * @param targetMiB mebibytes a second that the target writes, shared by all copies
 * @param classMiB the same by storage class
 * @param changeShare the share of its used bytes that a VM changes in a day, 0 or more
 * @param spread how far the truth may be off: a range runs from estimate / spread to estimate ×
 *     spread, at least 1
 */
public record RatesPolicy(
    double linkMbit,
    double hostMiB,
    @Nullable Double datastoreMiB,
    @Nullable Double targetMiB,
    Map<String, Double> classMiB,
    double changeShare,
    Duration shutdown,
    Duration conversion,
    Duration boot,
    Duration checks,
    int engineers,
    double spread) {
  /** A link of 620 Mbit/s as migration-planner assumes, one ESXi host's measured 294 MiB/s. */
  public static final RatesPolicy DEFAULT =
      new RatesPolicy(
          620,
          294,
          null,
          null,
          Map.of(),
          0.05,
          Duration.ofMinutes(3),
          Duration.ofMinutes(5),
          Duration.ofMinutes(3),
          Duration.ofMinutes(60),
          10,
          1.5);

  public RatesPolicy {
    classMiB = Map.copyOf(classMiB);
  }
}
