package dev.drover.mappings.plan;

import java.nio.file.Path;

/** Reads a plan file, and finds all of its mistakes at once. */
public final class PlanReader {
  private PlanReader() {}

  /**
   * Reads a plan.
   *
   * @throws PlanInvalid with every mistake
   * @throws dev.drover.mappings.failure.UsageFailed when the file cannot be read
   */
  public static MigrationPlan read(Path file) {
    throw new UnsupportedOperationException(file.toString());
  }
}
