package dev.drover.converters;

import dev.drover.mappings.progress.Progress;

/**
 * A pass over a disk that is not all of the work: its own units, whatever they are, fill a given
 * number of the whole's. Safe for use by several threads where the whole is.
 */
final class Share implements Progress {
  private final Progress whole;
  private final long units;
  private final long share;
  private long done;
  private long told;

  /**
   * @param units of the pass; 0 where nobody knows, and then only {@link #close} tells anything
   * @param share of the whole that the pass fills
   */
  Share(Progress whole, long units, long share) {
    this.whole = whole;
    this.units = Math.max(0, units);
    this.share = Math.max(0, share);
  }

  @Override
  public synchronized Progress child(String label, long childUnits) {
    return new Share(this, childUnits, units - done);
  }

  @Override
  public synchronized void advance(long more) {
    done = Math.min(units, done + more);
    if (units > 0) {
      tell(done == units ? share : (long) ((double) share * done / units));
    }
  }

  private void tell(long now) {
    if (now > told) {
      whole.advance(now - told);
      told = now;
    }
  }

  /** What the whole was told so far. */
  synchronized long told() {
    return told;
  }

  @Override
  public boolean cancelled() {
    return whole.cancelled();
  }

  @Override
  public synchronized void close() {
    tell(share);
  }
}
