package dev.drover.mappings.plan;

import java.nio.file.Path;
import tools.jackson.databind.JsonNode;

/** Reads a plan file, and finds all of its mistakes at once. */
public final class PlanReader {
  private PlanReader() {}

  /**
   * Reads a plan. Everything that is wrong with it is told at once; only where the YAML itself is
   * broken is that the one thing told, since nobody knows what the rest means.
   *
   * @throws PlanInvalid with every mistake (beyond a thousand, their number)
   * @throws dev.drover.mappings.failure.UsageFailed when the file cannot be read
   */
  public static MigrationPlan read(Path file) {
    Problems problems = new Problems(file.toString());
    PlanText text = PlanText.read(file, problems);
    YamlNode root = text.text() == null ? null : YamlTree.parse(text.text(), problems);
    if (root == null) {
      problems.throwIfAny();
      throw new IllegalStateException("no document and no problem: " + file);
    }
    JsonNode document = YamlJson.of(root);
    SchemaCheck.run(root, document, problems);
    PlanChecks.run(root, problems);
    problems.throwIfAny();
    return PlanBinder.plan(document, text.digest());
  }
}
