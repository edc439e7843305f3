package dev.drover.batch.run;

import dev.drover.converters.Engine;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the user asks for.
 *
 * @param plan the plan file; null for a resume of the latest run
 * @param waves names; empty is all
 * @param vms names at the source, references or target names; empty is all
 * @param outsideWindow whether waves begin whatever the time
 * @param engine who reads images; null for Drover itself, and in a resume for what the run had
 */
public record RunRequest(
    @Nullable Path plan,
    List<String> waves,
    List<String> vms,
    Repository repository,
    boolean outsideWindow,
    @Nullable Engine engine) {
  public RunRequest {
    waves = List.copyOf(waves);
    vms = List.copyOf(vms);
  }

  /** Inside the windows of the waves. */
  public RunRequest(
      @Nullable Path plan, List<String> waves, List<String> vms, Repository repository) {
    this(plan, waves, vms, repository, false, null);
  }

  /**
   * Where the state is.
   *
   * @param state the folder of {@code --state}
   * @param databaseUrl a JDBC URL of PostgreSQL, or null for H2 inside the folder; user and
   *     password come from {@code DROVER_DB_USERNAME} and {@code DROVER_DB_PASSWORD}
   */
  public record Repository(Path state, @Nullable String databaseUrl) {}
}
