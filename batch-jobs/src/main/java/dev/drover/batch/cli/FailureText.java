package dev.drover.batch.cli;

import dev.drover.batch.cli.terminal.SafeText;
import dev.drover.batch.cli.terminal.Style;
import dev.drover.batch.cli.terminal.Terminal;
import dev.drover.mappings.failure.ConversionFailed;
import dev.drover.mappings.failure.Failure;
import dev.drover.mappings.failure.UsageFailed;
import dev.drover.mappings.model.Finding;
import dev.drover.mappings.yaml.YamlInvalid;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Comparator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one place that turns failures into what the user reads: what happened, to which subject, what
 * to do about it. Everything is made harmless for the terminal on its way.
 */
final class FailureText {
  private final Session session;

  FailureText(Session session) {
    this.session = session;
  }

  /** Prints a failure that ended a command, and answers the exit code for it. */
  int report(Throwable failure) {
    if (failure instanceof YamlInvalid invalid) {
      new PlanMistakes(session).print(invalid);
    } else if (failure instanceof Failure known) {
      problem(known.subject() + ": " + known.what(), known.remedy());
    } else {
      problem(
          "Drover made a mistake: " + failure,
          "run the command again with -v and report what it prints");
    }
    if (session.verbose()) {
      StringWriter trace = new StringWriter();
      failure.printStackTrace(new PrintWriter(trace));
      session.terminal().err().print(SafeText.lines(trace.toString().replace("\t", "    ")));
    }
    return exitCode(failure);
  }

  private static int exitCode(Throwable failure) {
    if (failure instanceof UsageFailed || failure instanceof YamlInvalid) {
      return ExitCodes.USAGE;
    }
    // What is wrong with one disk or appliance is wrong with a VM, not with the surroundings.
    return failure instanceof ConversionFailed ? ExitCodes.SOME_VMS_FAILED : ExitCodes.ENVIRONMENT;
  }

  /** Prints a problem and its remedy. */
  void problem(String what, String remedy) {
    if (session.isLogged()) {
      String all = what + (remedy.isEmpty() ? "" : ". Remedy: " + remedy);
      log().error("{}", all.replace("\n", "; "));
      return;
    }
    Terminal terminal = session.terminal();
    terminal.err().println(terminal.styledForErrors("error:", Style.RED) + " " + indented(what));
    remedy(remedy);
  }

  private void remedy(String remedy) {
    Terminal terminal = session.terminal();
    if (!remedy.isEmpty()) {
      terminal
          .err()
          .println("  " + terminal.styledForErrors("remedy:", Style.BOLD) + " " + indented(remedy));
    }
  }

  /** Prints what is not as it was meant to be, although nothing failed. */
  void warning(String what) {
    if (session.isLogged()) {
      log().warn("{}", what);
      return;
    }
    Terminal terminal = session.terminal();
    terminal
        .err()
        .println(terminal.styledForErrors("warning:", Style.YELLOW) + " " + SafeText.line(what));
  }

  /** The same with what would mend it. */
  void warning(String what, String remedy) {
    if (session.isLogged()) {
      warning(what + (remedy.isEmpty() ? "" : ". Remedy: " + remedy));
      return;
    }
    warning(what);
    remedy(remedy);
  }

  /** Where everything goes that is told to programs. */
  static Logger log() {
    return LoggerFactory.getLogger("drover");
  }

  /** Prints findings below the line that says whose they are, the worst first. */
  void findings(List<Finding> all) {
    all.stream().sorted(Comparator.comparing(Finding::severity)).forEach(this::finding);
  }

  private void finding(Finding finding) {
    Terminal terminal = session.terminal();
    String severity = finding.severity().name().toLowerCase(java.util.Locale.ROOT);
    terminal
        .out()
        .println(
            "  "
                + terminal.styled(severity, style(finding.severity()))
                + " "
                + SafeText.line(
                    finding.code()
                        + " "
                        + finding.what()
                        + (finding.evidence().isEmpty() ? "" : " (" + finding.evidence() + ")")));
    if (!finding.remedy().isEmpty()) {
      terminal.out().println("    remedy: " + indented(finding.remedy()));
    }
  }

  private static Style style(Finding.Severity severity) {
    return switch (severity) {
      case BLOCKER -> Style.RED;
      case WARNING -> Style.YELLOW;
      case INFO -> Style.DIM;
    };
  }

  /** Harmless, with every line but the first moved in. */
  static String indented(String text) {
    return SafeText.lines(text).replace("\n", "\n    ");
  }
}
