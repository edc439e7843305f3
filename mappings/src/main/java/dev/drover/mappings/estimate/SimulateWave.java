package dev.drover.mappings.estimate;

import dev.drover.mappings.policy.WavesPolicy.Caps;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Plays a wave: VMs begin in the order of their bytes, the largest first, as far as the caps on
 * copies at once, at a host and at a datastore let them; each is shut down, copied, converted and
 * booted in its place, and then checked by the next engineer who is free. Copies that go through
 * one thing get equal shares of its rate; what one of them cannot use, nobody gets, which errs on
 * the slow side.
 */
public final class SimulateWave {
  /** How far behind the first that waits is looked for one that may begin: keeps it linear. */
  private static final int LOOK_AHEAD = 256;

  private static final double EPSILON = 1e-6;

  private final Rates rates;
  private final double speed;
  private final Caps caps;
  private final List<Job> waiting;
  private final List<Job> active = new ArrayList<>();
  private final Map<String, Use> hosts = new HashMap<>();
  private final Map<String, Use> stores = new HashMap<>();
  private final Map<String, Use> classes = new HashMap<>();
  private final Use link;
  private final @Nullable Use target;
  private final PriorityQueue<Double> engineers = new PriorityQueue<>();
  private double now;
  private double copiesEnd;
  private double checked;

  private SimulateWave(List<Copied> vms, Rates rates, double speed, Caps caps) {
    this.rates = rates;
    this.speed = speed;
    this.caps = caps;
    this.link = new Use(rates.link(), caps.copies());
    this.target = rates.target() == null ? null : new Use(rates.target(), Integer.MAX_VALUE);
    List<Copied> sorted = new ArrayList<>(vms);
    sorted.sort(Comparator.comparingLong(Copied::bytes).reversed());
    this.waiting = new ArrayList<>(sorted.size());
    sorted.forEach(vm -> waiting.add(new Job(vm)));
    for (int i = 0; i < rates.engineers(); i++) {
      engineers.add(0.0);
    }
  }

  /** From the wave's begin. The last copy is done, and the last VM is checked. */
  public record Length(Duration copies, Duration whole) {}

  /** At the slow end of the range: what has to fit a window. */
  public static Length slow(List<Copied> vms, Rates rates, Caps caps) {
    return new SimulateWave(vms, rates, 1 / rates.slower(), caps).play();
  }

  /** At the fast end of the range. */
  public static Length fast(List<Copied> vms, Rates rates, Caps caps) {
    return new SimulateWave(vms, rates, rates.faster(), caps).play();
  }

  /** How many go through a thing now, and what it gives. */
  private static final class Use {
    final double rate;
    final int most;
    int copies;
    int slots;

    Use(double rate, int most) {
      this.rate = rate;
      this.most = most;
    }
  }

  private enum Phase {
    SHUTDOWN,
    COPY,
    CONVERT_AND_BOOT
  }

  /** A VM on its way. */
  private final class Job {
    final double bytes;
    final List<Use> through = new ArrayList<>();
    Phase phase = Phase.SHUTDOWN;
    double left;
    double rate;

    Job(Copied vm) {
      bytes = vm.bytes();
      through.add(link);
      if (target != null) {
        through.add(target);
      }
      through.add(
          vm.host().isEmpty()
              ? new Use(rates.host(), Integer.MAX_VALUE)
              : hosts.computeIfAbsent(
                  vm.host(), h -> new Use(rates.host(), most(caps.copiesPerHost()))));
      double ofStore = rates.datastore() == null ? Double.MAX_VALUE : rates.datastore();
      for (String store : vm.datastores()) {
        through.add(
            stores.computeIfAbsent(store, s -> new Use(ofStore, most(caps.copiesPerDatastore()))));
      }
      for (String name : vm.classes()) {
        Double rate = rates.classes().get(name);
        if (rate != null) {
          through.add(classes.computeIfAbsent(name, n -> new Use(rate, Integer.MAX_VALUE)));
        }
      }
    }

    boolean mayBegin() {
      for (Use use : through) {
        if (use.slots >= use.most) {
          return false;
        }
      }
      return true;
    }

    double rate() {
      double rate = rates.copy() == null ? Double.MAX_VALUE : rates.copy();
      for (Use use : through) {
        rate = Math.min(rate, use.rate / Math.max(1, use.copies));
      }
      return rate * speed;
    }
  }

  private static int most(@Nullable Integer cap) {
    return cap == null ? Integer.MAX_VALUE : cap;
  }

  private Length play() {
    begin();
    while (!active.isEmpty()) {
      double step = Double.MAX_VALUE;
      for (Job job : active) {
        job.rate = job.phase == Phase.COPY ? job.rate() : 1;
        step = Math.min(step, job.left / job.rate);
      }
      now += step;
      boolean freed = false;
      for (int i = active.size() - 1; i >= 0; i--) {
        Job job = active.get(i);
        double progress = step * job.rate;
        job.left -= progress;
        // A byte or a microsecond that rounding leaves is none.
        if (job.left <= EPSILON * Math.max(1, progress)) {
          freed |= next(job);
        }
      }
      if (freed) {
        begin();
      }
    }
    return new Length(Rates.seconds(copiesEnd), Rates.seconds(Math.max(checked, now)));
  }

  /** Whether its place is free now. */
  private boolean next(Job job) {
    switch (job.phase) {
      case SHUTDOWN -> {
        job.phase = Phase.COPY;
        job.left = job.bytes;
        job.through.forEach(use -> use.copies++);
      }
      case COPY -> {
        copiesEnd = now;
        job.phase = Phase.CONVERT_AND_BOOT;
        job.left = seconds(rates.conversion().plus(rates.boot()));
        job.through.forEach(use -> use.copies--);
      }
      case CONVERT_AND_BOOT -> {
        active.remove(job);
        job.through.forEach(use -> use.slots--);
        double free = engineers.isEmpty() ? 0 : engineers.remove();
        double done = Math.max(free, now) + seconds(rates.checks());
        engineers.add(done);
        checked = Math.max(checked, done);
        return true;
      }
    }
    return false;
  }

  private void begin() {
    int from = 0;
    int looked = 0;
    while (from < waiting.size() && looked < LOOK_AHEAD && active.size() < caps.copies()) {
      Job job = waiting.get(from);
      if (job.mayBegin()) {
        waiting.remove(from);
        job.through.forEach(use -> use.slots++);
        job.left = seconds(rates.shutdown());
        active.add(job);
      } else {
        from++;
        looked++;
      }
    }
  }

  private static double seconds(Duration time) {
    return time.toMillis() / 1000.0;
  }
}
