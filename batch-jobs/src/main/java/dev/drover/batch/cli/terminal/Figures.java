package dev.drover.batch.cli.terminal;

import dev.drover.mappings.model.ByteSize;
import java.time.Duration;
import java.util.Locale;

/** Figures as people read them. */
public final class Figures {
  private Figures() {}

  /** {@code 210 MiB/s}. */
  public static String rate(double bytesPerSecond) {
    return new ByteSize(Math.max(0, Math.round(bytesPerSecond))) + "/s";
  }

  /** {@code 0:42}, {@code 1:02:03}; days are hours. */
  public static String clock(Duration time) {
    long seconds = Math.max(0, time.toSeconds());
    return seconds < 3600
        ? String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60)
        : String.format(
            Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
  }

  /** {@code 1 VM}, {@code 2 VMs}. */
  public static String count(long number, String singular) {
    return number + " " + singular + (number == 1 ? "" : "s");
  }
}
