package dev.drover.converters.engine;

import dev.drover.mappings.progress.Progress;

/**
 * Tells progress so that it moves as the work does: where the data of a disk is known before, its
 * holes take no part of the way. In all it tells the bytes of the disk.
 */
final class Pace {
  private final Progress progress;
  private final long size;
  private final long data;
  private long done;
  private long told;

  private Pace(Progress progress, long size, long data, long done) {
    this.progress = progress;
    this.size = size;
    this.data = data;
    this.done = done;
  }

  /** Every byte of the disk counts alike. */
  static Pace bySize(Progress progress) {
    return new Pace(progress, -1, -1, 0);
  }

  /**
   * Only data counts.
   *
   * @param data bytes of the disk that are to be read in all
   * @param done of them by an earlier process
   */
  static Pace byData(Progress progress, long size, long data, long done) {
    return new Pace(progress, size, data, done);
  }

  /** An earlier process has done everything before a place. */
  void done(long position) {
    tell(data < 0 ? position : share());
  }

  void data(int bytes) {
    done += bytes;
    tell(data < 0 ? told + bytes : share());
  }

  void zeros(long bytes) {
    if (data < 0) {
      tell(told + bytes);
    }
  }

  private long share() {
    return data == 0 ? 0 : (long) (size * Math.min(1.0, (double) done / data));
  }

  /** Everything is done. */
  void end(long position) {
    tell(position);
  }

  private void tell(long now) {
    if (now > told) {
      progress.advance(now - told);
      told = now;
    }
  }
}
