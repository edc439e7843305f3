package dev.drover.mappings.progress;

import java.util.function.BooleanSupplier;

/**
 * A tree of progress. Work is told to a node as units done; a node that closes has emitted all of
 * its units, so that a parent always reaches its end. Safe for use by several threads.
 */
public interface Progress extends AutoCloseable {
  /**
   * A part of this work.
   *
   * @param label what a person reads beside the bar: {@code copy web-1/disk0}
   * @param units how much there is, in bytes for disks; 0 where nobody knows
   */
  Progress child(String label, long units);

  /** That many more units are done. */
  void advance(long units);

  /** True when the user or a signal asked to stop; long work looks at it at least once a second. */
  boolean cancelled();

  /** Emits what is left. */
  @Override
  void close();

  /** Progress that nobody looks at. */
  Progress NONE = unseen(() -> false);

  /** Progress that nobody looks at, of work that ends when told to. */
  static Progress unseen(BooleanSupplier cancelled) {
    return new Progress() {
      @Override
      public Progress child(String label, long units) {
        return this;
      }

      @Override
      public void advance(long units) {}

      @Override
      public boolean cancelled() {
        return cancelled.getAsBoolean();
      }

      @Override
      public void close() {}
    };
  }
}
