package dev.drover.kube.manifest;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * An OpenAPI 2 document of the corpus as a JSON Schema, strict as kube-apiserver is: a field that a
 * definition does not have is a mistake. Quantities, free strings in the document, are checked for
 * what apimachinery parses.
 */
final class OpenApiSchema {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String QUANTITY =
      "^[+-]?([0-9]+|[0-9]+\\.[0-9]*|\\.[0-9]+)([KMGTPE]i|[numkMGTPE]|[eE][+-]?[0-9]+)?$";

  private final Schema schema;

  private OpenApiSchema(Schema schema) {
    this.schema = schema;
  }

  /** Skips the test where the corpus is not there. */
  static OpenApiSchema of(String file, String definition) {
    Path document = corpus().resolve("openapi").resolve(file);
    assumeTrue(
        Files.exists(document),
        "skipped: the corpus is not there (" + document + "; see -Ddrover.corpus)");
    try {
      JsonNode root = JSON.readTree(Files.readAllBytes(document));
      ObjectNode definitions = (ObjectNode) root.get("definitions");
      definitions.properties().forEach(e -> strict(e.getKey(), (ObjectNode) e.getValue()));
      ObjectNode schema = JSON.createObjectNode();
      schema.put("$ref", "#/definitions/" + definition);
      schema.set("definitions", definitions);
      return new OpenApiSchema(
          SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
              .getSchema(schema.toString(), InputFormat.JSON));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<String> mistakes(Manifest manifest) {
    String json = JSON.writeValueAsString(manifest.body());
    return schema.validate(json, InputFormat.JSON).stream()
        .map(e -> e.getInstanceLocation() + ": " + e.getMessage())
        .toList();
  }

  private static void strict(String name, ObjectNode definition) {
    if (name.endsWith("resource.Quantity") || name.endsWith(".Quantity")) {
      definition.put("pattern", QUANTITY);
    } else if ("object".equals(definition.path("type").asString(""))
        && !definition.has("additionalProperties")) {
      definition.put("additionalProperties", false);
    }
  }

  private static Path corpus() {
    String property = System.getProperty("drover.corpus");
    if (property != null) {
      return Path.of(property);
    }
    Path folder = Path.of("").toAbsolutePath();
    while (folder != null) {
      Path corpus = folder.resolveSibling("shared").resolve("corpus");
      if (Files.isDirectory(corpus)) {
        return corpus;
      }
      folder = folder.getParent();
    }
    return Path.of("..", "shared", "corpus");
  }
}
