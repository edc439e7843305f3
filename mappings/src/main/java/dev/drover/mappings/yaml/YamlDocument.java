package dev.drover.mappings.yaml;

import java.nio.file.Path;
import java.util.function.BiConsumer;
import tools.jackson.databind.JsonNode;

/**
 * A file without mistakes.
 *
 * @param root the tree with the places
 * @param json the same for a binder
 * @param digest SHA-256 in hexadecimal over the file's bytes
 */
public record YamlDocument(YamlNode root, JsonNode json, String digest) {
  /**
   * Reads a file. Everything that is wrong with it is told at once; only where the YAML itself is
   * broken is that the one thing told, since nobody knows what the rest means.
   *
   * @param checks what the schema cannot say; runs on any tree and adds what it finds
   * @throws YamlInvalid with every mistake (beyond a thousand, their number)
   * @throws dev.drover.mappings.failure.UsageFailed when the file cannot be read
   */
  public static YamlDocument read(
      Path file, Dialect dialect, BiConsumer<YamlNode, Problems> checks) {
    Problems problems = new Problems(file.toString(), dialect.kind());
    return of(FileText.read(file, dialect, problems), dialect, problems, checks);
  }

  /** The same for a text that is no file. */
  public static YamlDocument of(
      String name, String text, Dialect dialect, BiConsumer<YamlNode, Problems> checks) {
    return of(new FileText("", text), dialect, new Problems(name, dialect.kind()), checks);
  }

  private static YamlDocument of(
      FileText text, Dialect dialect, Problems problems, BiConsumer<YamlNode, Problems> checks) {
    YamlNode root = text.text() == null ? null : YamlTree.parse(text.text(), dialect, problems);
    if (root == null) {
      problems.throwIfAny();
      throw new IllegalStateException("no document and no problem");
    }
    JsonNode json = YamlJson.of(root);
    SchemaCheck.run(root, json, dialect, problems);
    checks.accept(root, problems);
    problems.throwIfAny();
    return new YamlDocument(root, json, text.digest());
  }
}
