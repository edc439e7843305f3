package dev.drover.batch.run;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * A line of the log. What comes from outside (names of VMs, output of programs) cannot begin a line
 * of its own nor steer a terminal: control characters and marks of direction are shown, not sent.
 */
final class LogLines extends EncoderBase<ILoggingEvent> {
  private static final List<String> CONTEXT = List.of("run", "wave", "vm", "step", "disk");
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final DateTimeFormatter SHORT =
      DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneId.systemDefault());

  private final ThrowableProxyConverter traces = new ThrowableProxyConverter();
  private final LogSettings.Format format;
  private final boolean file;

  private LogLines(LogSettings.Format format, boolean file) {
    this.format = format;
    this.file = file;
  }

  /**
   * Makes one that is started.
   *
   * @param file true for full times and stack traces in text
   */
  static Encoder<ILoggingEvent> encoder(
      LoggerContext context, LogSettings.Format format, boolean file) {
    LogLines lines = new LogLines(format, file);
    lines.setContext(context);
    lines.traces.setContext(context);
    lines.traces.start();
    lines.start();
    return lines;
  }

  @Override
  public byte[] headerBytes() {
    return new byte[0];
  }

  @Override
  public byte[] footerBytes() {
    return new byte[0];
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    String line = format == LogSettings.Format.JSON ? json(event) : text(event);
    return line.getBytes(StandardCharsets.UTF_8);
  }

  private String json(ILoggingEvent event) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("time", event.getInstant().toString());
    line.put("level", event.getLevel().toString());
    line.put("logger", event.getLoggerName());
    line.put("thread", event.getThreadName());
    Map<String, String> mdc = event.getMDCPropertyMap();
    CONTEXT.stream().filter(mdc::containsKey).forEach(key -> line.put(key, mdc.get(key)));
    line.put("message", event.getFormattedMessage());
    if (event.getThrowableProxy() != null) {
      line.put("trace", traces.convert(event));
    }
    return JSON.writeValueAsString(line) + "\n";
  }

  private String text(ILoggingEvent event) {
    Instant time = event.getInstant();
    StringBuilder line = new StringBuilder(file ? time.toString() : SHORT.format(time));
    line.append(String.format(" %-5s ", event.getLevel()));
    Map<String, String> mdc = event.getMDCPropertyMap();
    String where =
        String.join(
            " ",
            List.of("vm", "step", "disk").stream()
                .filter(mdc::containsKey)
                .map(key -> visible(mdc.getOrDefault(key, "")))
                .toList());
    if (!where.isEmpty()) {
      line.append('[').append(where).append("] ");
    }
    line.append(visible(event.getFormattedMessage())).append('\n');
    if (file && event.getThrowableProxy() != null) {
      line.append(traces.convert(event));
    }
    return line.toString();
  }

  /** Control characters and marks of direction in the notation of Java; tabs may stay. */
  private static String visible(String text) {
    if (text.chars().noneMatch(LogLines::isControl)) {
      return text;
    }
    StringBuilder shown = new StringBuilder();
    text.chars()
        .forEach(
            c -> {
              if (isControl(c)) {
                shown.append(String.format("\\u%04x", c));
              } else {
                shown.append((char) c);
              }
            });
    return shown.toString();
  }

  private static boolean isControl(int c) {
    return c != '\t' && (Character.isISOControl(c) || Character.getType(c) == Character.FORMAT);
  }
}
