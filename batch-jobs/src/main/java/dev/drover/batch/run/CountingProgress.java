package dev.drover.batch.run;

import dev.drover.batch.steps.VmProgress;
import dev.drover.mappings.progress.Progress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Passes a VM's progress on and tells how many bytes of its disks are copied and verified. Its
 * children are named by what they do ({@code copy web-disk0}); one that is opened again, since the
 * step was tried again, counts anew.
 */
final class CountingProgress implements VmProgress {
  private final Progress inner;
  private final Counts counts;
  private final Map<String, AtomicLong> copied = new ConcurrentHashMap<>();
  private final Map<String, AtomicLong> verified = new ConcurrentHashMap<>();

  /** Is told of every change; null where nothing of that kind has begun. */
  @FunctionalInterface
  interface Counts {
    void are(@Nullable Long copied, @Nullable Long verified);
  }

  CountingProgress(Progress inner, Counts counts) {
    this.inner = inner;
    this.counts = counts;
  }

  @Override
  public Progress child(String label, long units) {
    AtomicLong done = new AtomicLong();
    (label.startsWith("verify ") ? verified : copied).put(label, done);
    tell();
    return new Part(inner.child(label, units), units, done);
  }

  @Override
  public void copiedBefore(String claim, long bytes) {
    copied.put("copy " + claim, new AtomicLong(bytes));
    tell();
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

  private void tell() {
    counts.are(sum(copied), sum(verified));
  }

  private static @Nullable Long sum(Map<String, AtomicLong> all) {
    return all.isEmpty() ? null : all.values().stream().mapToLong(AtomicLong::get).sum();
  }

  /** A disk. */
  private final class Part implements Progress {
    private final Progress bar;
    private final long units;
    private final AtomicLong done;

    private Part(Progress bar, long units, AtomicLong done) {
      this.bar = bar;
      this.units = units;
      this.done = done;
    }

    @Override
    public Progress child(String label, long childUnits) {
      return bar.child(label, childUnits);
    }

    /** No more than there is, whatever is told. */
    @Override
    public void advance(long more) {
      bar.advance(more);
      done.updateAndGet(was -> Math.max(0, Math.min(units, was + more)));
      tell();
    }

    @Override
    public boolean cancelled() {
      return bar.cancelled();
    }

    @Override
    public void close() {
      bar.close();
    }
  }
}
