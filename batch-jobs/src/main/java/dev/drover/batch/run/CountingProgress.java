package dev.drover.batch.run;

import dev.drover.mappings.progress.Progress;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;

/**
 * Passes a VM's progress on and tells how many per cent of it are done. Only its children count;
 * whatever they say, the percentage stays between 0 and 100.
 */
final class CountingProgress implements Progress {
  private final Progress inner;
  private final IntConsumer percent;
  private final AtomicLong units = new AtomicLong();
  private final AtomicLong done = new AtomicLong();
  private volatile int told = -1;

  CountingProgress(Progress inner, IntConsumer percent) {
    this.inner = inner;
    this.percent = percent;
  }

  @Override
  public Progress child(String label, long childUnits) {
    units.addAndGet(childUnits);
    return new Part(inner.child(label, childUnits), childUnits);
  }

  @Override
  public void advance(long more) {
    inner.advance(more);
  }

  @Override
  public boolean cancelled() {
    return inner.cancelled();
  }

  /** The inner one belongs to the wave. */
  @Override
  public void close() {}

  private void count(long more) {
    long now = done.addAndGet(more);
    long all = units.get();
    int is = all <= 0 ? 0 : (int) Math.max(0, Math.min(100, now * 100.0 / all));
    if (is != told) {
      told = is;
      percent.accept(is);
    }
  }

  /** A disk. */
  private final class Part implements Progress {
    private final Progress bar;
    private final AtomicLong left;

    private Part(Progress bar, long all) {
      this.bar = bar;
      this.left = new AtomicLong(all);
    }

    @Override
    public Progress child(String label, long childUnits) {
      return bar.child(label, childUnits);
    }

    @Override
    public void advance(long more) {
      bar.advance(more);
      left.addAndGet(-more);
      count(more);
    }

    @Override
    public boolean cancelled() {
      return bar.cancelled();
    }

    @Override
    public void close() {
      bar.close();
      long rest = left.getAndSet(0);
      if (rest > 0) {
        count(rest);
      }
    }
  }
}
