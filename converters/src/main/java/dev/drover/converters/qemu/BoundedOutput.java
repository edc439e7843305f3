package dev.drover.converters.qemu;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.DoubleConsumer;

/**
 * Keeps the first bytes that a program writes and drops the rest, so that no program can fill the
 * memory; tells percentages of {@code qemu-img -p} as they come.
 */
final class BoundedOutput extends OutputStream {
  private final int limit;
  private final DoubleConsumer percent;
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private final StringBuilder line = new StringBuilder();

  BoundedOutput(int limit, DoubleConsumer percent) {
    this.limit = limit;
    this.percent = percent;
  }

  @Override
  public synchronized void write(int value) {
    if (kept.size() < limit) {
      kept.write(value);
    }
    if (value == '\r' || value == '\n') {
      tell(line.toString().strip());
      line.setLength(0);
    } else if (line.length() < 80) {
      line.append((char) (value & 0x7f));
    }
  }

  @Override
  public synchronized void write(byte[] data, int offset, int length) {
    for (int i = offset; i < offset + length; i++) {
      write(data[i]);
    }
  }

  /** {@code (12.00/100%)}. */
  private void tell(String text) {
    if (text.startsWith("(") && text.endsWith("/100%)")) {
      try {
        percent.accept(Double.parseDouble(text.substring(1, text.length() - 6)));
      } catch (NumberFormatException e) {
        // Something else that looks alike: progress is a courtesy, not a result.
        line.setLength(0);
      }
    }
  }

  synchronized String text() {
    return kept.toString(StandardCharsets.UTF_8);
  }
}
