package dev.drover.batch.cli.terminal;

import dev.drover.mappings.model.ByteSize;
import dev.drover.mappings.progress.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Shows a tree of progress on standard error: on a terminal a bar a disk and a line for the whole,
 * drawn again in place; elsewhere a plain line a disk every ten seconds. Safe for use by several
 * threads.
 *
 * <p>Written here since a progress library brings JLine along and starts slower than the whole of
 * {@code drover --help}.
 */
public final class ProgressBoard implements AutoCloseable {
  private static final long FRAME_MILLIS = 200;
  private static final long PLAIN_NANOS = Duration.ofSeconds(10).toNanos();
  private static final int MOST_BARS = 12;
  private static final String CLEAR_TO_END_OF_LINE = "\u001b[K";

  private final Terminal terminal;
  private final LongSupplier nanos;
  private final Supplier<String> total;
  private final boolean live;
  private final AtomicBoolean cancelled = new AtomicBoolean();
  private final Map<ProgressNode, Shown> bars = new LinkedHashMap<>();
  private final ProgressNode root = new ProgressNode(this, null, "", 0);
  private int drawnLines;
  private boolean closed;

  /** What was last said of a bar. */
  private static final class Shown {
    final long opened;
    final Meter meter;
    volatile long nextPlain;

    Shown(long now) {
      opened = now;
      meter = new Meter(now);
      nextPlain = now + PLAIN_NANOS;
    }
  }

  private ProgressBoard(
      Terminal terminal, LongSupplier nanos, Supplier<String> total, boolean live) {
    this.terminal = terminal;
    this.nanos = nanos;
    this.total = total;
    this.live = live;
  }

  /**
   * Begins to show.
   *
   * @param total the last line of a live board, and never empty
   */
  public static ProgressBoard start(Terminal terminal, Supplier<String> total) {
    ProgressBoard board = new ProgressBoard(terminal, System::nanoTime, total, livesOn(terminal));
    if (board.live) {
      Thread painter = new Thread(board::paintForever, "progress");
      painter.setDaemon(true);
      painter.start();
    }
    return board;
  }

  /** A board that is drawn only by {@link #paint()}, on a clock of the test. */
  static ProgressBoard byHand(Terminal terminal, LongSupplier nanos, Supplier<String> total) {
    return new ProgressBoard(terminal, nanos, total, livesOn(terminal));
  }

  /** A terminal that obeys no cursor movements ({@code TERM=dumb}) gets plain lines. */
  private static boolean livesOn(Terminal terminal) {
    return terminal.attached().err() && !"dumb".equals(System.getenv("TERM"));
  }

  /** The root of the tree. */
  public Progress root() {
    return root;
  }

  /** Asks the work to stop; false where that was asked before. */
  public boolean cancel() {
    return cancelled.compareAndSet(false, true);
  }

  boolean cancelled() {
    return cancelled.get();
  }

  /** Prints a line above the bars; it must be harmless already. */
  public synchronized void say(String line) {
    if (!live) {
      terminal.err().println(line);
      return;
    }
    terminal.err().print(erased() + line + "\n" + frame());
    terminal.err().flush();
  }

  void opened(ProgressNode node) {
    if (node.isBar()) {
      synchronized (this) {
        bars.put(node, new Shown(nanos.getAsLong()));
      }
    }
  }

  void advanced(ProgressNode node) {
    if (live || !node.isBar()) {
      return;
    }
    Shown shown = shown(node);
    long now = nanos.getAsLong();
    if (shown == null || now - shown.nextPlain < 0) {
      return;
    }
    synchronized (this) {
      if (now - shown.nextPlain >= 0) {
        shown.nextPlain = now + PLAIN_NANOS;
        terminal.err().println(line(node, shown, now).plain());
      }
    }
  }

  private synchronized @Nullable Shown shown(ProgressNode node) {
    return bars.get(node);
  }

  synchronized void closed(ProgressNode node) {
    Shown shown = bars.remove(node);
    if (shown == null || !node.isDone()) {
      return;
    }
    long took = Math.max(1, nanos.getAsLong() - shown.opened);
    say(
        past(node.label())
            + ": "
            + new ByteSize(node.units())
            + " in "
            + Figures.clock(Duration.ofNanos(took))
            + ", "
            + Figures.rate(node.units() * 1e9 / took));
  }

  /** What is over is told in the past: {@code copied web-1}, and no longer {@code copy web-1}. */
  private static String past(String label) {
    return label.replaceFirst("^copy ", "copied ").replaceFirst("^verify ", "verified ");
  }

  /** Draws the bars again. */
  synchronized void paint() {
    if (live) {
      terminal.err().print(erased() + frame());
      terminal.err().flush();
    }
  }

  /** The window may have another size now. */
  public void resized() {
    terminal.size().measure();
  }

  /** Removes the bars from the terminal. */
  @Override
  public synchronized void close() {
    closed = true;
    if (live) {
      terminal.err().print(erased());
      terminal.err().flush();
    }
  }

  private synchronized boolean open() {
    return !closed;
  }

  private void paintForever() {
    try {
      while (open()) {
        paint();
        Thread.sleep(FRAME_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Moves to the first line of the last frame and clears from there to the end of the screen. */
  private String erased() {
    String sequence = drawnLines == 0 ? "" : "\u001b[" + drawnLines + "A\r\u001b[J";
    drawnLines = 0;
    return sequence;
  }

  private String frame() {
    if (closed) {
      return "";
    }
    List<String> lines = new ArrayList<>();
    long now = nanos.getAsLong();
    int most = Math.max(1, Math.min(MOST_BARS, terminal.size().rows() - 3));
    // A full line would wrap on some terminals.
    int columns = Math.max(1, terminal.size().columns() - 1);
    bars.forEach(
        (node, shown) -> {
          BarLine line = line(node, shown, now);
          if (lines.size() < most) {
            lines.add(line.live(columns, terminal.unicode()));
          }
        });
    if (bars.size() > most) {
      lines.add("and " + (bars.size() - most) + " more");
    }
    lines.add(total.get());
    StringBuilder frame = new StringBuilder();
    for (String line : lines) {
      frame
          .append(DisplayWidth.fit(line, columns, terminal.ellipsis()))
          .append(CLEAR_TO_END_OF_LINE)
          .append('\n');
    }
    drawnLines = lines.size();
    return frame.toString();
  }

  private static BarLine line(ProgressNode node, Shown shown, long now) {
    double rate = shown.meter.rate(now, node.done());
    return new BarLine(
        node.label(),
        node.done(),
        node.units(),
        rate,
        Meter.left(node.units() - node.done(), rate));
  }
}
