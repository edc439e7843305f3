package dev.drover.batch.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The part of {@link StateOptions} that looking needs. */
final class StateFolder {
  @Option(
      names = "--state",
      paramLabel = "DIR",
      defaultValue = ".drover",
      description = "The folder that keeps the state of runs. Default: ${DEFAULT-VALUE}.")
  private Path state = Path.of(".drover");

  Path path() {
    return state;
  }

  /** The command that goes on with what a folder keeps, to be pasted into a shell. */
  static String resume(Path folder) {
    String path = folder.toString();
    if (path.equals(".drover")) {
      return "drover resume";
    }
    boolean plain = path.matches("[A-Za-z0-9_./+-]+");
    return "drover resume --state " + (plain ? path : "'" + path.replace("'", "'\\''") + "'");
  }
}
