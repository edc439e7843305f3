package dev.drover.batch.run;

import dev.drover.mappings.progress.Progress;

/** The user's progress, cancelled by a signal too. */
record StoppableProgress(Progress inner, Stop stop) implements Progress {
  @Override
  public Progress child(String label, long units) {
    return new StoppableProgress(inner.child(label, units), stop);
  }

  @Override
  public void advance(long units) {
    inner.advance(units);
  }

  @Override
  public boolean cancelled() {
    return stop.asked() || inner.cancelled();
  }

  @Override
  public void close() {
    inner.close();
  }
}
