package dev.drover.mappings.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Makes a page below {@code docs/} of a language's schema, so that the two cannot differ. */
public final class LanguageReference {
  private final JsonNode schema;
  private final StringBuilder out = new StringBuilder();
  private final Deque<String> waiting = new ArrayDeque<>();
  private final Set<String> seen = new LinkedHashSet<>();

  private LanguageReference(JsonNode schema) {
    this.schema = schema;
  }

  /**
   * The page is what the schema says; {@code -Ddrover.docs.update=true} writes it.
   *
   * @param word of the language: {@code plan} makes {@code docs/plan-reference.md}
   * @param introduction Markdown that follows the schema's description
   */
  public static void holds(String word, JsonNode schema, String introduction, String example)
      throws IOException {
    Path page = Path.of("../docs/" + word + "-reference.md");
    LanguageReference reference = new LanguageReference(schema);
    reference.write(word, introduction, example);
    String markdown = reference.out.toString();
    if (Boolean.getBoolean("drover.docs.update")) {
      Files.createDirectories(Path.of("../docs"));
      Files.writeString(page, markdown);
    }
    assertEquals(Files.readString(page), markdown, "run the test with -Ddrover.docs.update=true");
  }

  private void write(String word, String introduction, String example) {
    String title = Character.toUpperCase(word.charAt(0)) + word.substring(1);
    out.append("<!-- Made of mappings' " + word + ".schema.json by ");
    out.append(title + "SchemaTest; do not edit. -->\n\n# " + title + " reference\n\n");
    out.append(schema.path("description").asString()).append("\n\n");
    out.append(introduction).append("\n## The " + word + "\n\n");
    table(schema);
    while (!waiting.isEmpty()) {
      String name = waiting.removeFirst();
      JsonNode rule = schema.path("$defs").path(name);
      out.append("\n## ").append(name).append("\n\n");
      if (rule.has("title")) {
        out.append("Takes ").append(rule.path("title").asString()).append(".\n\n");
      }
      table(rule);
    }
    out.append("\n## Everything at once\n\n```yaml\n").append(example).append("```\n");
  }

  private void table(JsonNode rule) {
    if (rule.path("properties").isEmpty()) {
      out.append("Has no keys: write `{}`.\n");
      return;
    }
    Set<String> required =
        rule.path("required").valueStream().map(JsonNode::asString).collect(Collectors.toSet());
    out.append("| key | takes | |\n| --- | --- | --- |\n");
    for (Map.Entry<String, JsonNode> property : rule.path("properties").properties()) {
      JsonNode value = property.getValue();
      out.append("| `").append(property.getKey()).append('`');
      out.append(required.contains(property.getKey()) ? " (required)" : "");
      out.append(" | ").append(cell(type(value)));
      out.append(" | ").append(cell(value.path("description").asString() + extras(value)));
      out.append(" |\n");
    }
  }

  private String type(JsonNode value) {
    String ref = value.path("$ref").asString("");
    if (!ref.isEmpty()) {
      String name = ref.substring(ref.lastIndexOf('/') + 1);
      JsonNode rule = schema.path("$defs").path(name);
      return rule.has("properties") || name.equals("empty") ? link(name, rule) : type(rule);
    } else if (value.has("enum")) {
      return value
          .path("enum")
          .valueStream()
          .map(e -> "`" + e.asString() + "`")
          .collect(Collectors.joining(", "));
    } else if (value.has("const")) {
      return "`" + value.path("const").asString() + "`";
    } else if (value.has("title") && !value.has("items")) {
      return value.path("title").asString();
    }
    return switch (value.path("type").asString("")) {
      case "array" -> "a list: " + type(value.path("items"));
      case "object" -> "a map, each value: " + type(value.path("additionalProperties"));
      case "boolean" -> "`true` or `false`";
      case "number" -> "a number";
      case "integer" ->
          "a whole number from " + value.path("minimum") + " to " + value.path("maximum");
      default -> "a text";
    };
  }

  private String link(String name, JsonNode rule) {
    if (name.equals("empty")) {
      return "`" + rule.path("title").asString() + "`";
    }
    if (seen.add(name)) {
      waiting.addLast(name);
    }
    return "[" + name + "](#" + name.toLowerCase(java.util.Locale.ROOT) + ")";
  }

  private static String extras(JsonNode value) {
    String extras = "";
    if (value.has("default")) {
      JsonNode text = value.path("default");
      extras += " Default: `" + (text.isString() ? quoted(text.asString()) : text) + "`.";
    }
    if (value.has("examples")) {
      extras +=
          value
              .path("examples")
              .valueStream()
              .map(e -> "`" + (e.isString() ? e.asString() : e) + "`")
              .collect(Collectors.joining(", ", " For example ", "."));
    }
    return extras;
  }

  private static String quoted(String text) {
    return text.isEmpty() ? "\"\"" : text;
  }

  private static String cell(String text) {
    return text.replace("|", "\\|").replace("\n", " ");
  }
}
