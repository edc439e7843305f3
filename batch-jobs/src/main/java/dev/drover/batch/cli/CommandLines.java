package dev.drover.batch.cli;

import dev.drover.batch.cli.terminal.SafeText;
import dev.drover.batch.cli.terminal.Terminal;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/**
 * Puts the commands together. No class of Spring is loaded here or by anything that is made here.
 */
final class CommandLines {
  private static final int WIDEST_HELP = 100;
  private static final int NARROWEST_HELP = 55;

  private final Session session;

  CommandLines(Session session) {
    this.session = session;
  }

  /** Parses and runs; answers one of {@link ExitCodes} and throws nothing. */
  int execute(String... arguments) {
    try {
      return create().execute(arguments);
    } catch (Error e) {
      // picocli hands exceptions to the handler, but not this: no memory, a class that is missing.
      return new FailureText(session).report(e);
    }
  }

  /** A command line that can be used once. */
  CommandLine create() {
    CommandLine line = new CommandLine(new DroverCommand(session));
    line.addSubcommand(new DemoCommand(session))
        .addSubcommand(new CheckCommand(session))
        .addSubcommand(new InventoryCommand(session))
        .addSubcommand(new ProfileCommand(session))
        .addSubcommand(new AssessCommand(session))
        .addSubcommand(new DiffCommand(session))
        .addSubcommand(new PlanCommand(session))
        .addSubcommand(new ExplainCommand(session))
        .addSubcommand(new ValidateCommand(session))
        .addSubcommand(new RunCommand(session))
        .addSubcommand(new StatusCommand(session))
        .addSubcommand(new ResumeCommand(session))
        .addSubcommand(new RollbackCommand(session))
        .addSubcommand(new CleanCommand(session))
        .addSubcommand(new VerifyCommand(session))
        .addSubcommand(new SchemaCommand(session))
        .addSubcommand(new CompletionCommand(session))
        .addSubcommand(new VersionCommand(session))
        .addSubcommand(new CommandLine.HelpCommand());
    Terminal terminal = session.terminal();
    line.setOut(writer(terminal.out()));
    line.setErr(writer(terminal.err()));
    line.setColorScheme(
        CommandLine.Help.defaultColorScheme(
            terminal.colour() && terminal.attached().out() ? Ansi.ON : Ansi.OFF));
    line.setUsageHelpWidth(Math.max(NARROWEST_HELP, Math.min(WIDEST_HELP, terminal.outColumns())));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setAbbreviatedSubcommandsAllowed(false);
    line.setParameterExceptionHandler(this::wrongArguments);
    line.setExecutionExceptionHandler(
        (failure, command, parsed) -> new FailureText(session).report(failure));
    return line;
  }

  private static PrintWriter writer(java.io.PrintStream stream) {
    return new PrintWriter(stream, true, StandardCharsets.UTF_8);
  }

  private int wrongArguments(CommandLine.ParameterException failure, String[] arguments) {
    CommandLine command = failure.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    Terminal terminal = session.terminal();
    FailureText text = new FailureText(session);
    text.problem(name + ": " + failure.getMessage(), "see \"" + name + " --help\"");
    if (failure instanceof CommandLine.UnmatchedArgumentException unmatched) {
      var words = unmatched.getSuggestions();
      if (!words.isEmpty()) {
        terminal.err().println("  did you mean: " + SafeText.line(String.join(", ", words)));
      }
    }
    return ExitCodes.USAGE;
  }
}
