package dev.drover.batch.steps;

import dev.drover.converters.RateLimit;
import dev.drover.mappings.plan.RateLimits;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rate limits of a wave at work: a disk within its host within the wave. They follow the hours
 * of the plan, also for copies that are under way. Safe for use by several threads.
 */
public final class CopyLimits implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CopyLimits.class);

  private final RateLimits limits;
  private final Clock clock;
  private final RateLimit wave = RateLimit.of(0);
  private final Map<String, RateLimit> hosts = new HashMap<>();
  private final Set<RateLimit> disks = ConcurrentHashMap.newKeySet();
  private RateLimits.Rates now = RateLimits.NONE.always();
  private @Nullable ScheduledExecutorService watch;

  /** With the rates of this moment; they change when {@link #look} is called. */
  public CopyLimits(RateLimits limits, Clock clock) {
    this.limits = limits;
    this.clock = clock;
    look();
  }

  /** Looks at the clock each second until this is closed. */
  public CopyLimits watching() {
    if (!limits.hours().isEmpty()) {
      watch =
          Executors.newSingleThreadScheduledExecutor(
              task -> {
                Thread thread = new Thread(task, "drover-rates");
                thread.setDaemon(true);
                return thread;
              });
      watch.scheduleAtFixedRate(this::look, 1, 1, TimeUnit.SECONDS);
    }
    return this;
  }

  /** Takes the rates over that count at this moment. */
  public synchronized void look() {
    RateLimits.Rates next = limits.at(clock.instant());
    if (next.equals(now)) {
      return;
    }
    now = next;
    LOG.info(
        "rates from now on: a disk {}, a host {}, the wave {}",
        words(next.disk()),
        words(next.host()),
        words(next.wave()));
    wave.set(bytes(next.wave()));
    hosts.values().forEach(host -> host.set(bytes(next.host())));
    disks.forEach(disk -> disk.set(bytes(next.disk())));
  }

  /**
   * The limit of a disk, until {@link #done} is called with it.
   *
   * @param host of the source that it comes from
   */
  synchronized RateLimit disk(String host) {
    RateLimit disk =
        hosts.computeIfAbsent(host, h -> wave.within(bytes(now.host()))).within(bytes(now.disk()));
    disks.add(disk);
    return disk;
  }

  /** Nobody copies by it any more. */
  void done(RateLimit disk) {
    disks.remove(disk);
  }

  private static long bytes(@Nullable Long rate) {
    return rate == null ? 0 : rate;
  }

  private static String words(@Nullable Long rate) {
    return bytes(rate) == 0 ? RateLimits.UNLIMITED : rate + " B/s";
  }

  @Override
  public void close() {
    ScheduledExecutorService watching = watch;
    if (watching != null) {
      watching.shutdownNow();
    }
  }
}
