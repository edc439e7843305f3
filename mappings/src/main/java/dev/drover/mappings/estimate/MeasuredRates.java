package dev.drover.mappings.estimate;

import dev.drover.mappings.policy.RatesPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What real runs measured. It replaces the policy's link, the rate of one copy, the spread and the
 * times of conversion and boot; what no record holds (a host's, a datastore's and a class's share,
 * the change rate, the checks) stays as assumed.
 *
 * @param copies of disks, each with what it moved and took
 * @param conversions each how long
 * @param boots each how long a VM took from its start until it was ready
 */
public record MeasuredRates(List<Copy> copies, List<Duration> conversions, List<Duration> boots) {
  /** A smaller copy measures the overhead and not the rate. */
  private static final long SMALLEST = 64L << 20;

  private static final double MEBIBYTE = 1 << 20;

  public MeasuredRates {
    copies =
        copies.stream()
            .filter(c -> c.bytes() >= SMALLEST && c.ended().isAfter(c.started()))
            .sorted(Comparator.comparing(Copy::started).thenComparing(Copy::ended))
            .toList();
    conversions = List.copyOf(conversions);
    boots = List.copyOf(boots);
  }

  /** The copy of a disk. */
  public record Copy(long bytes, Instant started, Instant ended) {
    double rate() {
      return bytes * 1000.0 / Math.max(1, Duration.between(started, ended).toMillis());
    }
  }

  /** Whether a rate can be had of it. */
  public boolean isEmpty() {
    return copies.isEmpty();
  }

  /**
   * The policy's rates with what was measured in their place.
   *
   * @throws IllegalStateException where nothing was measured
   */
  public Rates over(RatesPolicy policy) {
    if (isEmpty()) {
      throw new IllegalStateException("no copy of 64 MiB or more was measured");
    }
    List<Double> rates = copies.stream().map(Copy::rate).sorted().toList();
    double median = at(rates, 0.5);
    double faster = Math.max(1, at(rates, 0.9) / median);
    double slower = Math.max(1, median / at(rates, 0.1));
    double together = together();
    Rates assumed = Rates.of(policy);
    Optional<Duration> conversion = median(conversions);
    Optional<Duration> boot = median(boots);
    List<String> told = new ArrayList<>();
    told.add(
        "measured over %d copies of disks: one gets %s MiB/s (a tenth below %s, a tenth above %s)"
            .formatted(rates.size(), mib(median), mib(at(rates, 0.1)), mib(at(rates, 0.9))));
    told.add("measured: all copies together got " + mib(together) + " MiB/s");
    conversion.ifPresent(c -> told.add("measured: a conversion takes " + c.toSeconds() + " s"));
    boot.ifPresent(
        b -> told.add("measured: a VM is ready " + b.toSeconds() + " s after its start"));
    told.add("assumed, since no record tells: shares of host, datastore and class, change, checks");
    return new Rates(
        together,
        assumed.host(),
        assumed.datastore(),
        assumed.target(),
        assumed.classes(),
        median,
        assumed.changeShare(),
        assumed.shutdown(),
        conversion.orElse(assumed.conversion()),
        boot.orElse(assumed.boot()),
        assumed.checks(),
        assumed.engineers(),
        faster,
        slower,
        told);
  }

  /** Bytes over the time in which at least one copy was at work. */
  private double together() {
    double bytes = 0;
    long millis = 0;
    Instant covered = Instant.MIN;
    for (Copy copy : copies) {
      bytes += copy.bytes();
      Instant from = copy.started().isAfter(covered) ? copy.started() : covered;
      if (copy.ended().isAfter(from)) {
        millis += Duration.between(from, copy.ended()).toMillis();
        covered = copy.ended();
      }
    }
    return bytes * 1000 / Math.max(1, millis);
  }

  private static Optional<Duration> median(List<Duration> times) {
    List<Duration> sorted = times.stream().sorted().toList();
    return sorted.isEmpty() ? Optional.empty() : Optional.of(sorted.get(sorted.size() / 2));
  }

  private static double at(List<Double> sorted, double share) {
    return sorted.get((int) Math.round((sorted.size() - 1) * share));
  }

  private static String mib(double bytes) {
    return Rates.number(bytes / MEBIBYTE);
  }
}
