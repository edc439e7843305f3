package dev.drover.mappings.policy;

import dev.drover.mappings.yaml.YamlDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** Reads a policy file, and finds all of its mistakes at once. */
public final class PolicyReader {
  private PolicyReader() {}

  /**
   * Reads a policy.
   *
   * @param checks the checks that there are, and the language of rules
   * @param now a window that is over by then is a mistake; an exception that has expired is none
   * @throws dev.drover.mappings.yaml.YamlInvalid with every mistake (beyond a thousand, their
   *     number)
   * @throws dev.drover.mappings.failure.UsageFailed when the file cannot be read
   */
  public static MigrationPolicy read(Path file, KnownChecks checks, Instant now) {
    return bind(
        YamlDocument.read(
            file,
            PolicySchema.dialect(),
            (root, problems) -> PolicyChecks.run(root, problems, checks, now, () -> text(file))));
  }

  /** Empty where it cannot be read any more: then a place in it is not found. */
  private static String text(Path file) {
    try {
      String text = Files.readString(file);
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (IOException e) {
      return "";
    }
  }

  /** The same for a text that is no file. */
  static MigrationPolicy read(String name, String text, KnownChecks checks, Instant now) {
    return bind(
        YamlDocument.of(
            name,
            text,
            PolicySchema.dialect(),
            (root, problems) -> PolicyChecks.run(root, problems, checks, now, () -> text)));
  }

  private static MigrationPolicy bind(YamlDocument document) {
    return PolicyBinder.policy(document.json(), document.digest());
  }
}
