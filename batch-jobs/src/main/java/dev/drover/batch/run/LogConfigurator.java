package dev.drover.batch.run;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.filter.ThresholdFilter;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.ContextAwareBase;
import ch.qos.logback.core.spi.FilterReply;

/**
 * Sets up Logback in code: faster than its XML, and standard output stays free for what commands
 * print. Found through {@link java.util.ServiceLoader}.
 */
public final class LogConfigurator extends ContextAwareBase implements Configurator {
  /** For the service loader. */
  public LogConfigurator() {}

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    LogSettings settings = LogSettings.current();
    ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
    console.setContext(context);
    console.setName("console");
    console.setTarget("System.err");
    console.setEncoder(LogLines.encoder(context, settings.format(), false));
    ThresholdFilter threshold = new ThresholdFilter();
    threshold.setLevel(settings.level());
    threshold.start();
    console.addFilter(threshold);
    if (settings.format() == LogSettings.Format.TEXT && !verbose(settings)) {
      console.addFilter(new WithoutTold());
    }
    console.start();
    ch.qos.logback.classic.Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.setLevel(verbose(settings) ? Level.toLevel(settings.level()) : Level.INFO);
    root.addAppender(console);
    quieten(context);
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  private static boolean verbose(LogSettings settings) {
    return settings.level().equals("DEBUG") || settings.level().equals("TRACE");
  }

  /** Holds back what the command line tells in its own words. */
  static final class WithoutTold extends Filter<ILoggingEvent> {
    @Override
    public FilterReply decide(ILoggingEvent event) {
      return event.getMarkerList() != null && event.getMarkerList().contains(RunLog.TOLD)
          ? FilterReply.DENY
          : FilterReply.NEUTRAL;
    }

    @Override
    public boolean isStarted() {
      return true;
    }
  }

  /** Libraries that tell of every step, or print what Drover says in its own words. */
  private static void quieten(LoggerContext context) {
    for (String name :
        new String[] {"org.springframework", "com.zaxxer.hikari", "io.fabric8", "org.apache"}) {
      context.getLogger(name).setLevel(Level.WARN);
    }
    // Its warnings are about a registry that Drover does not use.
    context.getLogger("org.springframework.batch.core.launch").setLevel(Level.ERROR);
  }
}
