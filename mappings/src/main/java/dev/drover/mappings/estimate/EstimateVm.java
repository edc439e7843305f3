package dev.drover.mappings.estimate;

import dev.drover.mappings.model.VmFacts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How long a VM takes when nothing else is copied. The copy is used bytes over the narrowest rate.
 * Warm: what the guest writes during a copy is copied after it, and so on; with D0 the used bytes
 * and r = change rate / rate of the copy, the n-th of these deltas is D0·rⁿ. With r of 1 or more
 * they never get smaller, and the VM has to be off for the whole copy.
 */
public final class EstimateVm {
  /** A delta of which the copy takes less than this is the last. */
  private static final double LAST_DELTA_SECONDS = 60;

  /** More rounds are no migration: it would go cold. */
  static final int MOST_DELTAS = 20;

  private static final double DAY = 86_400;

  private EstimateVm() {}

  /**
   * Estimates.
   *
   * @param classes the storage classes that its disks get, as far as known
   */
  public static VmEstimate of(VmFacts vm, Collection<String> classes, Rates rates) {
    double bytes = vm.data().bytes();
    double rate = rates.alone(classes);
    TimeRange copy = rates.range(bytes / rate);
    Duration around =
        rates.shutdown().plus(rates.conversion()).plus(rates.boot()).plus(rates.checks());
    TimeRange fixed = new TimeRange(around, around);
    List<String> told = new ArrayList<>(rates.assumptions());
    told.add(
        vm.used() == null
            ? "its used bytes are unknown, so the whole size of its disks counts: " + vm.size()
            : "it has used " + vm.used() + " of " + vm.size());
    told.add(
        "a copy alone gets "
            + Rates.number(rate / (1 << 20))
            + " MiB/s; around it "
            + around.toMinutes()
            + " min for shutdown, conversion, boot and checks");
    Double fast = lastDelta(bytes, rate * rates.faster(), rates.changeShare());
    Double slow = lastDelta(bytes, rate / rates.slower(), rates.changeShare());
    TimeRange warm = null;
    if (fast == null || slow == null) {
      told.add("it changes faster than it is copied: deltas never get small, so it has to be off");
    } else {
      warm = new TimeRange(Rates.seconds(fast), Rates.seconds(slow)).plus(fixed);
    }
    return new VmEstimate(copy, copy.plus(fixed), warm, told);
  }

  /**
   * Seconds that the last delta takes; null where deltas do not converge.
   *
   * @param rate bytes a second
   * @param changeShare the share of the bytes that changes in a day
   */
  static @Nullable Double lastDelta(double bytes, double rate, double changeShare) {
    double change = bytes * changeShare / DAY;
    double ratio = change / rate;
    if (ratio >= 1) {
      return null;
    }
    double delta = bytes * ratio;
    for (int n = 1; n <= MOST_DELTAS && delta / rate > LAST_DELTA_SECONDS; n++) {
      delta *= ratio;
    }
    return delta / rate > LAST_DELTA_SECONDS ? null : delta / rate;
  }
}
