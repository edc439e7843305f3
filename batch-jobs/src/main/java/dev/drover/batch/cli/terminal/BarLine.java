package dev.drover.batch.cli.terminal;

import dev.drover.mappings.model.ByteSize;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One disk's line: label, bar, share, amount, rate, time left. Where the window is narrow, the bar
 * goes first, then the amount, then the rate.
 *
 * @param left null where nobody knows
 */
record BarLine(String label, long done, long units, double rate, @Nullable Duration left) {
  private static final int WIDEST_LABEL = 28;
  private static final int WIDEST_BAR = 30;
  private static final int NARROWEST_BAR = 8;

  /** The widths that these parts reach, so that bars stand below each other. */
  private static final int AMOUNT_WIDTH = 23;

  private static final int RATE_WIDTH = 12;
  private static final int LEFT_WIDTH = 12;

  int percent() {
    return units == 0 ? 100 : (int) (100.0 * done / units);
  }

  /** For a terminal: at most that many columns, padded where bars are to stand below each other. */
  String live(int columns, boolean unicode) {
    String ellipsis = unicode ? "…" : "...";
    String share = String.format(" %3d%%", percent());
    String amount =
        DisplayWidth.padLeft(new ByteSize(done) + " of " + new ByteSize(units), AMOUNT_WIDTH);
    String speed = DisplayWidth.padLeft(Figures.rate(rate), RATE_WIDTH);
    String rest = DisplayWidth.padLeft(leftText(), LEFT_WIDTH);
    String tail = share + amount + speed + rest;
    if (columns < 24 + tail.length()) {
      tail = share + speed + rest;
    }
    if (columns < 16 + tail.length()) {
      tail = share + rest;
    }
    int room = columns - tail.length();
    int labelWidth = Math.max(0, Math.min(WIDEST_LABEL, room - NARROWEST_BAR - 1));
    int barWidth = Math.min(WIDEST_BAR, room - labelWidth - 1);
    if (labelWidth < 12 || barWidth < NARROWEST_BAR) {
      labelWidth = Math.min(WIDEST_LABEL, Math.max(0, room));
      barWidth = 0;
    }
    String name = DisplayWidth.padRight(DisplayWidth.fit(label, labelWidth, ellipsis), labelWidth);
    String line = name + (barWidth > 0 ? " " + bar(barWidth, unicode) : "") + tail;
    return DisplayWidth.fit(line, columns, ellipsis);
  }

  /** For a pipe or a file: no padding. */
  String plain() {
    return label
        + ": "
        + percent()
        + "%, "
        + new ByteSize(done)
        + " of "
        + new ByteSize(units)
        + ", "
        + Figures.rate(rate)
        + (left == null ? "" : ", " + leftText());
  }

  private String leftText() {
    return left == null ? "" : Figures.clock(left) + " left";
  }

  private String bar(int width, boolean unicode) {
    int full = (int) ((double) width * done / Math.max(1, units));
    return (unicode ? "█" : "#").repeat(full) + (unicode ? "░" : ".").repeat(width - full);
  }
}
