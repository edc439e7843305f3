package dev.drover.batch.run;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.FileAppender;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** The log file of a run; a resume appends to it. */
final class RunLog implements AutoCloseable {
  private final @Nullable FileAppender<ILoggingEvent> appender;

  private RunLog(@Nullable FileAppender<ILoggingEvent> appender) {
    this.appender = appender;
  }

  /** Writes to the file from now on, wherever Logback is what logs. */
  static RunLog open(Path file) {
    if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
      return new RunLog(null);
    }
    FileAppender<ILoggingEvent> appender = new FileAppender<>();
    appender.setContext(context);
    appender.setName(file.toString());
    appender.setFile(file.toString());
    appender.setAppend(true);
    appender.setEncoder(LogLines.encoder(context, LogSettings.current().format(), true));
    appender.start();
    context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).addAppender(appender);
    return new RunLog(appender);
  }

  @Override
  public void close() {
    if (appender != null && LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
      context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).detachAppender(appender);
      appender.stop();
    }
  }
}
