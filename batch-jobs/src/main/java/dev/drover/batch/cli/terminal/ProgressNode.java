package dev.drover.batch.cli.terminal;

import dev.drover.mappings.progress.Progress;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A node of the tree that a {@link ProgressBoard} shows. */
final class ProgressNode implements Progress {
  private final ProgressBoard board;
  private final @Nullable ProgressNode parent;
  private final String label;
  private final long units;
  private final AtomicLong done = new AtomicLong();
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile boolean assumed;

  ProgressNode(ProgressBoard board, @Nullable ProgressNode parent, String label, long units) {
    this.board = board;
    this.parent = parent;
    this.label = SafeText.line(label);
    this.units = Math.max(0, units);
  }

  @Override
  public Progress child(String childLabel, long childUnits) {
    ProgressNode child = new ProgressNode(board, this, childLabel, childUnits);
    board.opened(child);
    return child;
  }

  @Override
  public void advance(long more) {
    done.addAndGet(more);
    if (parent != null) {
      parent.advance(more);
    }
    board.advanced(this);
  }

  @Override
  public boolean cancelled() {
    return board.cancelled();
  }

  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    board.closed(this);
    long rest = units - done.getAndSet(units);
    if (rest > 0 && parent != null) {
      parent.assumed = true;
      parent.advance(rest);
    }
  }

  /** Whether it gets a line of its own: it has an end, and is no part of something that has one. */
  boolean isBar() {
    return units > 0 && !partOfBar();
  }

  private boolean partOfBar() {
    for (ProgressNode above = parent; above != null; above = above.parent) {
      if (above.units > 0) {
        return true;
      }
    }
    return false;
  }

  /** Whether all of it was told as done, and not only taken as done since a part was closed. */
  boolean isDone() {
    return !assumed && done.get() >= units;
  }

  String label() {
    return label;
  }

  long units() {
    return units;
  }

  /** Never more than there is, whatever was told. */
  long done() {
    return Math.min(done.get(), units);
  }
}
