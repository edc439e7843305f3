package dev.drover.batch.cli;

import dev.drover.batch.cli.terminal.Terminal;
import dev.drover.batch.run.LogSettings;
import dev.drover.importers.api.VmSource;
import dev.drover.importers.api.VmSources;
import dev.drover.mappings.plan.SourceSpec;
import java.util.function.Function;

/**
 * What every command works with. Tests put other things in. Used by one thread.
 *
 * @see DroverCommand
 */
final class Session {
  private final Runs runs;
  private final Function<SourceSpec, VmSource> sources;
  private Terminal terminal;
  private boolean verbose;
  private boolean logged;

  Session(Terminal terminal, Function<SourceSpec, VmSource> sources, Runs runs) {
    this.terminal = terminal;
    this.sources = sources;
    this.runs = runs;
  }

  /** The real one. */
  static Session ofThisProcess() {
    Session session = new Session(Terminal.system(), VmSources::open, Runs.SPRING);
    if (LogSettings.current().format() == LogSettings.Format.JSON) {
      session.logged();
    }
    return session;
  }

  Terminal terminal() {
    return terminal;
  }

  Runs runs() {
    return runs;
  }

  VmSource open(SourceSpec source) {
    return sources.apply(source);
  }

  /** Whether the user wants to see more, stack traces included. */
  boolean verbose() {
    return verbose;
  }

  void verbose(boolean wanted) {
    verbose = wanted;
  }

  /** From now on standard error is a log for programs: no bars, no colours, an event a line. */
  void logged() {
    if (!logged) {
      logged = true;
      terminal = terminal.withErrors(LoggedLines.stream());
    }
  }

  /** Whether what is told goes into a log for programs. */
  boolean isLogged() {
    return logged;
  }

  void withoutColour() {
    terminal = terminal.withoutColour();
  }
}
