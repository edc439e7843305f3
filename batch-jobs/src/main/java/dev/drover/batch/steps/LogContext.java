package dev.drover.batch.steps;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * What the log lines of this thread say they belong to: {@code run}, {@code wave}, {@code vm},
 * {@code step}, {@code disk}. Closing it puts back what was there before, whatever was added since.
 */
public final class LogContext implements AutoCloseable {
  private final @Nullable Map<String, String> before;

  private LogContext(@Nullable Map<String, String> before) {
    this.before = before;
  }

  /** Remembers what is there. */
  private static LogContext begin() {
    return new LogContext(MDC.getCopyOfContextMap());
  }

  /** Lines of a run as a whole. */
  public static LogContext ofRun(String run) {
    return begin().and("run", run);
  }

  /** Lines of a wave, on whichever thread. */
  public static LogContext ofWave(RunContext context) {
    return ofRun(context.runId()).and("wave", context.wave());
  }

  /** Lines about a disk, in what is there. */
  static LogContext ofDisk(String disk) {
    return begin().and("disk", disk);
  }

  /** Adds to it, or says something else of it. */
  public LogContext and(String key, String value) {
    MDC.put(key, value);
    return this;
  }

  /** The same work on another thread, whose lines belong to what this thread works on now. */
  public static Runnable carried(Runnable work) {
    Map<String, String> here = MDC.getCopyOfContextMap();
    return () -> {
      try (LogContext there = begin()) {
        there.set(here);
        work.run();
      }
    };
  }

  private void set(@Nullable Map<String, String> map) {
    if (map == null) {
      MDC.clear();
    } else {
      MDC.setContextMap(map);
    }
  }

  @Override
  public void close() {
    set(before);
  }
}
