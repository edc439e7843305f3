package dev.drover.batch.cli;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.slf4j.LoggerFactory;

/**
 * Takes the place of standard error where that is a log for programs: each line that a command
 * prints becomes an event of the log, so that nothing stands between its JSON lines.
 */
final class LoggedLines extends OutputStream {
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();

  static PrintStream stream() {
    return new PrintStream(new LoggedLines(), true, StandardCharsets.UTF_8);
  }

  @Override
  public synchronized void write(int b) {
    if (b == '\n') {
      end();
    } else {
      line.write(b);
    }
  }

  private void end() {
    String text = line.toString(StandardCharsets.UTF_8).strip();
    line.reset();
    if (!text.isEmpty()) {
      LoggerFactory.getLogger("drover").info("{}", text);
    }
  }

  /** A line without an end is one as well: a question, say. */
  @Override
  public synchronized void close() {
    end();
  }
}
