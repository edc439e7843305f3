package dev.drover.batch.cli.terminal;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * How fast something goes: the mean of the last ten seconds, so that neither one slow write nor the
 * start of an hour ago decides. Not thread-safe.
 */
final class Meter {
  private static final long WINDOW_NANOS = Duration.ofSeconds(10).toNanos();

  private final Deque<long[]> samples = new ArrayDeque<>();

  Meter(long nanos) {
    samples.add(new long[] {nanos, 0});
  }

  /** Notes how much is done by then, and tells units a second. */
  double rate(long nanos, long done) {
    samples.addLast(new long[] {nanos, done});
    while (samples.size() > 2 && nanos - second()[0] >= WINDOW_NANOS) {
      samples.removeFirst();
    }
    long[] first = samples.getFirst();
    long time = nanos - first[0];
    return time <= 0 ? 0 : (done - first[1]) * 1e9 / time;
  }

  private long[] second() {
    var each = samples.iterator();
    each.next();
    return each.next();
  }

  /** Time until the rest is done at that rate; null where it does not move. */
  static @Nullable Duration left(long rest, double rate) {
    return rate < 1 ? null : Duration.ofSeconds((long) Math.min(rest / rate, 359_999));
  }
}
