package dev.drover.batch.cli;

import dev.drover.batch.run.LogSettings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The root: it does nothing but hold what all commands understand. */
@Command(
    name = "drover",
    description = "Moves virtual machines off legacy hypervisors onto Kubernetes with KubeVirt.",
    scope = ScopeType.INHERIT,
    mixinStandardHelpOptions = true,
    versionProvider = VersionCommand.Provider.class,
    synopsisSubcommandLabel = "COMMAND",
    sortOptions = false,
    usageHelpAutoWidth = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:some VMs failed, cannot be read, or are not finished since the run was interrupted",
      "2:wrong arguments, plan, policy, profile or inventory file",
      "3:this machine, the source or the target as a whole is in the way"
    },
    optionListHeading = "%nOptions:%n",
    parameterListHeading = "%n",
    commandListHeading = "%nCommands:%n",
    footerHeading = "%n",
    synopsisHeading = "Usage: ",
    descriptionHeading = "%n")
final class DroverCommand implements Runnable {
  private final Session session;

  @Spec private CommandSpec spec = CommandSpec.create();

  DroverCommand(Session session) {
    this.session = session;
  }

  @Option(
      names = {"-v", "--verbose"},
      scope = ScopeType.INHERIT,
      description = "Say more: details in the log, stack traces with errors.")
  void verbose(boolean wanted) {
    session.verbose(wanted);
    if (wanted) {
      System.setProperty(LogSettings.LEVEL_PROPERTY, "debug");
    }
  }

  /** How the log on standard error looks. */
  enum LogFormat {
    text,
    json
  }

  @Option(
      names = "--log-format",
      scope = ScopeType.INHERIT,
      paramLabel = "FORMAT",
      description = "text or json (a line an event); default: text.")
  void logFormat(@Nullable LogFormat format) {
    if (format != null) {
      System.setProperty(LogSettings.FORMAT_PROPERTY, format.name());
      if (format == LogFormat.json) {
        session.logged();
      }
    }
  }

  @Option(
      names = "--no-color",
      scope = ScopeType.INHERIT,
      description = "No colours. So does the environment variable NO_COLOR.")
  void noColour(boolean wanted) {
    if (wanted) {
      session.withoutColour();
    }
  }

  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "a command is missing");
  }
}
