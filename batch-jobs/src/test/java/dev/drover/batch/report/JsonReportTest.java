package dev.drover.batch.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class JsonReportTest {
  private static final JsonMapper JSON = new JsonMapper();

  @TempDir private Path folder = Path.of("");

  private JsonNode report(SampleEstate estate) throws IOException {
    SampleReport.write(estate, folder.resolve("report"));
    return JSON.readTree(Files.readAllBytes(folder.resolve("report").resolve("report.json")));
  }

  @Test
  void isWhatItsSchemaSays() throws IOException {
    JsonNode schema = JSON.readTree(ReportSchema.json());
    assertEquals(
        List.of(),
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(schema)
            .validate(report(SampleEstate.of(3, 60))));
  }

  @Test
  void holdsNothingThatTheSchemaDoesNotDescribe() throws IOException {
    JsonNode schema = JSON.readTree(ReportSchema.json());
    TreeSet<String> unknown = new TreeSet<>();
    walk(report(SampleEstate.of(3, 60)), schema, schema, "", unknown);
    unknown.removeIf(name -> name.startsWith("/profile/")); // that is the profile's own language
    assertEquals(new TreeSet<>(), unknown);
  }

  private static void walk(
      JsonNode value, JsonNode described, JsonNode schema, String path, TreeSet<String> unknown) {
    JsonNode here =
        described.has("$ref")
            ? schema.at(described.path("$ref").asString().substring(1))
            : described;
    if (value.isArray()) {
      value.values().forEach(v -> walk(v, here.path("items"), schema, path, unknown));
    } else if (value.isObject()) {
      for (Map.Entry<String, JsonNode> each : value.properties()) {
        JsonNode next = here.path("properties").path(each.getKey());
        JsonNode any = next.isMissingNode() ? here.path("additionalProperties") : next;
        if (any.isMissingNode()) {
          unknown.add(path + "/" + each.getKey());
        } else {
          walk(each.getValue(), any, schema, path + "/" + each.getKey(), unknown);
        }
      }
    }
  }

  @Test
  void hasEveryVmAsItWasJudged() throws IOException {
    SampleEstate estate = SampleEstate.of(3, 60);
    JsonNode vms = report(estate).path("vms");
    assertEquals(60, vms.size());
    List<String> names = estate.stream().map(vm -> vm.facts().name()).toList();
    for (int i = 0; i < names.size(); i++) {
      assertEquals(names.get(i), vms.path(i).path("facts").path("name").asString());
    }
    assertTrue(vms.path(0).path("facts").path("size").isNumber());
  }

  @Test
  void ofNoVmAtAllIsADocumentToo() throws IOException {
    assertEquals(0, report(SampleEstate.of(3, 0)).path("vms").size());
  }
}
