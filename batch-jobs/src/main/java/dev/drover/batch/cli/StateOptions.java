package dev.drover.batch.cli;

import dev.drover.batch.run.RunRequest;
import dev.drover.mappings.failure.ShellWord;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where a run keeps what it knows. */
final class StateOptions {
  @Mixin private StateFolder folder = new StateFolder();

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
    return folder.resume() + (database == null ? "" : " --database " + ShellWord.of(database));
  }

  RunRequest.Repository repository() {
    return new RunRequest.Repository(folder.path(), database);
  }
}
