package dev.drover.mappings.estimate;

import dev.drover.mappings.policy.RatesPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Speeds in bytes a second and the times around a copy: what a policy assumes, or what was measured
 * instead.
 *
 * @param link shared by all copies
 * @param host shared by the copies from one source host
 * @param datastore shared by the copies from one source datastore; null without a cap
 * @param target shared by all copies; null without a cap
 * @param classes shared by the copies to one storage class
 * @param copy of one copy by itself; null where nothing was measured
 * @param faster a range begins at the estimate divided by this, at least 1
 * @param slower and ends at the estimate multiplied by this, at least 1
 * @param assumptions where the figures come from, for people
 */
public record Rates(
    double link,
    double host,
    @Nullable Double datastore,
    @Nullable Double target,
    Map<String, Double> classes,
    @Nullable Double copy,
    double changeShare,
    Duration shutdown,
    Duration conversion,
    Duration boot,
    Duration checks,
    int engineers,
    double faster,
    double slower,
    List<String> assumptions) {
  private static final double MEBIBYTE = 1 << 20;
  private static final double MEGABIT = 1e6 / 8;

  public Rates {
    if (!(link > 0) || !(host > 0) || !(faster >= 1) || !(slower >= 1) || engineers < 1) {
      throw new IllegalArgumentException(
          "rates are above 0, spreads and engineers at least 1: "
              + List.of(link, host, faster, slower, engineers));
    }
    classes = Map.copyOf(classes);
    assumptions = List.copyOf(assumptions);
  }

  /** What a policy assumes. */
  public static Rates of(RatesPolicy policy) {
    List<String> told = new ArrayList<>();
    told.add(
        "the link carries %s Mbit/s, shared by all copies".formatted(number(policy.linkMbit())));
    told.add(
        "a source host gives %s MiB/s, shared by its copies".formatted(number(policy.hostMiB())));
    Double datastore = policy.datastoreMiB();
    if (datastore != null) {
      told.add("a source datastore gives %s MiB/s".formatted(number(datastore)));
    }
    Double target = policy.targetMiB();
    if (target != null) {
      told.add("the target writes %s MiB/s".formatted(number(target)));
    }
    new java.util.TreeMap<>(policy.classMiB())
        .forEach((name, rate) -> told.add("class " + name + " writes " + number(rate) + " MiB/s"));
    told.add(
        "a VM changes %s%% of its data in a day".formatted(number(policy.changeShare() * 100)));
    told.add("the truth is up to %s times faster or slower".formatted(number(policy.spread())));
    return new Rates(
        policy.linkMbit() * MEGABIT,
        policy.hostMiB() * MEBIBYTE,
        datastore == null ? null : datastore * MEBIBYTE,
        target == null ? null : target * MEBIBYTE,
        inBytes(policy.classMiB()),
        null,
        policy.changeShare(),
        policy.shutdown(),
        policy.conversion(),
        policy.boot(),
        policy.checks(),
        policy.engineers(),
        policy.spread(),
        policy.spread(),
        told);
  }

  private static Map<String, Double> inBytes(Map<String, Double> mebibytes) {
    Map<String, Double> bytes = new java.util.HashMap<>();
    mebibytes.forEach((name, rate) -> bytes.put(name, rate * MEBIBYTE));
    return bytes;
  }

  /** What a copy alone gets: the narrowest of all that it goes through. */
  public double alone(Iterable<String> storageClasses) {
    double rate = Math.min(link, host);
    rate = target == null ? rate : Math.min(rate, target);
    rate = datastore == null ? rate : Math.min(rate, datastore);
    rate = copy == null ? rate : Math.min(rate, copy);
    for (String name : storageClasses) {
      rate = Math.min(rate, classes.getOrDefault(name, Double.MAX_VALUE));
    }
    return rate;
  }

  /** A range around an estimate in seconds. */
  public TimeRange range(double seconds) {
    return new TimeRange(seconds(seconds / faster), seconds(seconds * slower));
  }

  static Duration seconds(double seconds) {
    return Duration.ofSeconds((long) Math.ceil(Math.min(seconds, Long.MAX_VALUE / 1e3)));
  }

  static String number(double value) {
    String text = String.format(java.util.Locale.ROOT, "%.1f", value);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }
}
