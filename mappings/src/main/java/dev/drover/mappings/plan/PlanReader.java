package dev.drover.mappings.plan;

import dev.drover.mappings.yaml.YamlDocument;
import dev.drover.mappings.yaml.YamlInvalid;
import java.nio.file.Path;
import java.util.function.Supplier;

/** Reads a plan file with the files of its waves, and finds all of its mistakes at once. */
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
    WaveFiles files = new WaveFiles(file);
    return bind(
        files,
        () ->
            YamlDocument.read(
                file,
                PlanSchema.dialect(),
                (root, problems) -> PlanChecks.run(root, problems, files)));
  }

  /** The same for a text that is no file; no wave of it can have a file. */
  static MigrationPlan read(String name, String text) {
    WaveFiles files = new WaveFiles(null);
    return bind(
        files,
        () ->
            YamlDocument.of(
                name,
                text,
                PlanSchema.dialect(),
                (root, problems) -> PlanChecks.run(root, problems, files)));
  }

  private static MigrationPlan bind(WaveFiles files, Supplier<YamlDocument> reading) {
    YamlDocument document;
    try {
      document = reading.get();
    } catch (YamlInvalid e) {
      throw files.with(e);
    }
    files.throwIfAny();
    return PlanBinder.plan(document.json(), files.digest(document.digest()), files::vms);
  }
}
