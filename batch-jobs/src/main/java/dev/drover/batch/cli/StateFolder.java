package dev.drover.batch.cli;

import dev.drover.mappings.failure.ShellWord;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The part of {@link StateOptions} that looking needs. */
final class StateFolder {
  private static final String USUAL = ".drover";

  @Option(
      names = "--state",
      paramLabel = "DIR",
      defaultValue = USUAL,
      description = "The folder that keeps the state of runs. Default: ${DEFAULT-VALUE}.")
  private Path state = Path.of(USUAL);

  Path path() {
    return state;
  }

  /** The command that goes on with what it keeps, to be pasted into a shell. */
  String resume() {
    String path = state.toString();
    return path.equals(USUAL) ? "drover resume" : "drover resume --state " + ShellWord.of(path);
  }
}
