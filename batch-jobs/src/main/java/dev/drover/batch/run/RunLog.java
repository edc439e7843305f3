package dev.drover.batch.run;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.FileAppender;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;
import org.slf4j.MarkerFactory;

/** The log file of a run; a resume appends to it. */
final class RunLog implements AutoCloseable {
  /**
   * On a line that the user reads in other words: it goes into the run's log, and to standard error
   * only where that is a log as well (JSON) or the user asked to see more.
   */
  static final Marker TOLD = MarkerFactory.getMarker("TOLD");

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
