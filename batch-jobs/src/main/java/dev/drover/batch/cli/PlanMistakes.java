package dev.drover.batch.cli;

import dev.drover.batch.cli.terminal.DisplayWidth;
import dev.drover.batch.cli.terminal.Figures;
import dev.drover.batch.cli.terminal.SafeText;
import dev.drover.batch.cli.terminal.Style;
import dev.drover.batch.cli.terminal.Terminal;
import dev.drover.mappings.yaml.YamlInvalid;
import dev.drover.mappings.yaml.YamlProblem;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Prints the mistakes of a plan as a compiler does: {@code file:line:column: what}, the form that
 * editors jump to, and on a terminal the line itself with a caret below the place.
 */
final class PlanMistakes {
  private final Session session;

  PlanMistakes(Session session) {
    this.session = session;
  }

  void print(YamlInvalid invalid) {
    String all =
        Figures.count(invalid.problems().size(), "mistake")
            + " in "
            + SafeText.line(invalid.subject());
    if (session.isLogged()) {
      invalid.problems().forEach(problem -> FailureText.log().error("{}", problem));
      FailureText.log().error("{}", all);
      return;
    }
    Terminal terminal = session.terminal();
    for (YamlProblem problem : invalid.problems()) {
      String place = problem.file() + ":" + problem.line() + ":" + problem.column() + ":";
      String text = problem.toString();
      terminal
          .err()
          .println(
              terminal.styledForErrors(SafeText.line(place), Style.BOLD)
                  + SafeText.line(text.substring(Math.min(place.length(), text.length()))));
      if (terminal.attached().err()) {
        lineOf(problem).ifPresent(line -> excerpt(terminal, line, problem.column()));
      }
    }
    terminal.err().println(terminal.styledForErrors("error:", Style.RED) + " " + all);
  }

  private static void excerpt(Terminal terminal, String line, int column) {
    String before = SafeText.line(line.substring(0, Math.min(line.length(), column - 1)));
    String all = SafeText.line(line);
    int room = Math.max(20, terminal.size().columns() - 4);
    terminal.err().println("  | " + DisplayWidth.fit(all, room, terminal.ellipsis()));
    if (DisplayWidth.of(before) < room) {
      terminal
          .err()
          .println(
              "  | "
                  + " ".repeat(DisplayWidth.of(before))
                  + terminal.styledForErrors("^", Style.GREEN));
    }
  }

  /** Empty where the file cannot be read any more. */
  private static Optional<String> lineOf(YamlProblem problem) {
    try (BufferedReader reader =
        Files.newBufferedReader(Path.of(problem.file()), StandardCharsets.UTF_8)) {
      return reader.lines().skip(Math.max(0, problem.line() - 1L)).findFirst();
    } catch (IOException | InvalidPathException | java.io.UncheckedIOException e) {
      return Optional.empty();
    }
  }
}
