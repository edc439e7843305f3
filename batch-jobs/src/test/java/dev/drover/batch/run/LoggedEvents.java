package dev.drover.batch.run;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** What reaches the log from now on until it is closed, as it was said at that moment. */
public final class LoggedEvents extends AppenderBase<ILoggingEvent> implements AutoCloseable {
  private final List<ILoggingEvent> events = new CopyOnWriteArrayList<>();
  private final Logger logger;

  private LoggedEvents(Logger logger) {
    this.logger = logger;
  }

  /** Listens to a logger and those below it. */
  public static LoggedEvents of(String name) {
    LoggedEvents listening = new LoggedEvents((Logger) LoggerFactory.getLogger(name));
    listening.start();
    listening.logger.addAppender(listening);
    return listening;
  }

  @Override
  protected void append(ILoggingEvent event) {
    event.prepareForDeferredProcessing();
    events.add(event);
  }

  /** In the order in which they came. */
  public List<ILoggingEvent> events() {
    return events;
  }

  /** {@code LEVEL text} of each. */
  public List<String> lines() {
    return events.stream().map(e -> e.getLevel() + " " + e.getFormattedMessage()).toList();
  }

  @Override
  public void close() {
    logger.detachAppender(this);
    stop();
  }
}
