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
}
