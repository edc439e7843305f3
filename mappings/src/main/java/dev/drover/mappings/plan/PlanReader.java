package dev.drover.mappings.plan;

import dev.drover.mappings.yaml.YamlDocument;
import java.nio.file.Path;

/** Reads a plan file, and finds all of its mistakes at once. */
public final class PlanReader {
  private PlanReader() {}

  /**
   * Reads a plan.
   *
   * @throws dev.drover.mappings.yaml.YamlInvalid with every mistake (beyond a thousand, their
   *     number)
   * @throws dev.drover.mappings.failure.UsageFailed when the file cannot be read
   */
  public static MigrationPlan read(Path file) {
    return bind(YamlDocument.read(file, PlanSchema.dialect(), PlanChecks::run));
  }

  /** The same for a text that is no file. */
  static MigrationPlan read(String name, String text) {
    return bind(YamlDocument.of(name, text, PlanSchema.dialect(), PlanChecks::run));
  }

  private static MigrationPlan bind(YamlDocument document) {
    return PlanBinder.plan(document.json(), document.digest());
  }
}
