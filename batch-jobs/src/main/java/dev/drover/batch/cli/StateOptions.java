package dev.drover.batch.cli;

import dev.drover.batch.run.RunRequest;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a run keeps what it knows. */
final class StateOptions {
  @Option(
      names = "--state",
      paramLabel = "DIR",
      defaultValue = ".drover",
      description = "The folder that keeps the state of runs. Default: ${DEFAULT-VALUE}.")
  private Path state = Path.of(".drover");

  @Option(
      names = "--database",
      paramLabel = "URL",
      description =
          "Keep it in PostgreSQL, so that several machines can work on a plan, one after another:"
              + " jdbc:postgresql://HOST/NAME. User and password come from the environment:"
              + " DROVER_DB_USERNAME, DROVER_DB_PASSWORD.")
  private @Nullable String database;

  /** The command that goes on with what is kept here. */
  String resume() {
    return StateFolder.resume(state) + (database == null ? "" : " --database " + database);
  }

  RunRequest.Repository repository() {
    return new RunRequest.Repository(state, database);
  }
}
