package dev.drover.mappings.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PlanSchemaTest {
  private static final JsonNode SCHEMA = new JsonMapper().readTree(PlanSchema.json());

  @Test
  void itIsASchemaOfTheDraftThatItNames() {
    Schema meta =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));
    assertEquals(List.of(), meta.validate(SCHEMA));
    assertEquals("https://json-schema.org/draft/2020-12/schema", SCHEMA.path("$schema").asString());
  }

  @Test
  void everyPropertyIsDescribedAndEveryObjectIsClosed() {
    List<String> gaps = new ArrayList<>();
    find(SCHEMA, "#", gaps);
    assertEquals(List.of(), gaps);
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

  @Test
  void everyDefinitionIsThereAndUsed() {
    Set<String> used = new TreeSet<>();
    SCHEMA.findValues("$ref").forEach(r -> used.add(r.asString()));
    Set<String> defined = new TreeSet<>();
    SCHEMA.path("$defs").propertyNames().forEach(n -> defined.add("#/$defs/" + n));
    assertEquals(defined, used);
  }

  @Test
  void aVmTakesEverySettingThatTheDefaultsTake() {
    Set<String> vm = new TreeSet<>(SCHEMA.at("/$defs/vm/properties").propertyNames());
    vm.removeAll(List.of("vm", "name", "targetName", "disks", "nics"));
    assertEquals(new TreeSet<>(SCHEMA.at("/$defs/settings/properties").propertyNames()), vm);
  }

  /** {@code -Ddrover.docs.update=true} writes the page. */
  @Test
  void theReferenceIsWhatTheSchemaSays() throws IOException {
    Path page = Path.of("../docs/plan-reference.md");
    String markdown = PlanReference.markdown(SCHEMA, PlanReaderTest.whole());
    if (Boolean.getBoolean("drover.docs.update")) {
      Files.createDirectories(Path.of("../docs"));
      Files.writeString(page, markdown);
    }
    assertEquals(Files.readString(page), markdown, "run the test with -Ddrover.docs.update=true");
  }
}
