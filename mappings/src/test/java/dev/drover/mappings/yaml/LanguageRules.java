package dev.drover.mappings.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** What holds for the schema of every language. */
public final class LanguageRules {
  private static final String DRAFT = "https://json-schema.org/draft/2020-12/schema";

  private LanguageRules() {}

  /** It is of its draft, describes each property, closes each object and uses each definition. */
  public static void hold(JsonNode schema) {
    Schema meta =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(SchemaLocation.of(DRAFT));
    assertEquals(List.of(), meta.validate(schema));
    assertEquals(DRAFT, schema.path("$schema").asString());
    List<String> gaps = new ArrayList<>();
    find(schema, "#", gaps);
    assertEquals(List.of(), gaps);
    Set<String> used = new TreeSet<>();
    schema.findValues("$ref").forEach(r -> used.add(r.asString()));
    Set<String> defined = new TreeSet<>();
    schema.path("$defs").propertyNames().forEach(n -> defined.add("#/$defs/" + n));
    assertEquals(defined, used);
  }

  private static void find(JsonNode node, String path, List<String> gaps) {
    if (node.path("type").asString("").equals("object") && !node.has("additionalProperties")) {
      gaps.add(path + " is open");
    }
    node.path("properties")
        .properties()
        .forEach(
            p -> {
              if (!p.getValue().has("description")) {
                gaps.add(path + "/" + p.getKey() + " has no description");
              }
            });
    node.properties().forEach(p -> find(p.getValue(), path + "/" + p.getKey(), gaps));
    for (int i = 0; node.isArray() && i < node.size(); i++) {
      find(node.path(i), path + "/" + i, gaps);
    }
  }
}
