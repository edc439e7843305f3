package dev.drover.batch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.mappings.policy.PolicySchema;
import dev.drover.mappings.profile.ProfileReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class SchemaCommandTest {
  @TempDir Path folder = Path.of("");

  private final CliRun cli = new CliRun();

  @ParameterizedTest
  @ValueSource(strings = {"plan", "policy", "profile", "report"})
  void printsTheSchemaOfEachKind(String kind) {
    assertEquals(0, cli.execute("schema", kind));
    assertEquals(
        "urn:drover:schema:" + kind + ":v1alpha1",
        new JsonMapper().readTree(cli.out()).path("$id").asString());
  }

  @Test
  void printsAnExampleThatIsWhatItSays() throws IOException {
    assertEquals(0, cli.execute("schema", "policy", "--example"));
    assertEquals(PolicySchema.example(), cli.out());
    CliRun other = new CliRun();
    assertEquals(0, other.execute("schema", "profile", "--example"));
    Path file = Files.writeString(folder.resolve("target.yaml"), other.out());
    assertEquals("production", ProfileReader.read(file).name());
  }

  @Test
  void aPlanAndAReportAreMadeOfAnInventory() {
    assertEquals(2, cli.execute("schema", "plan", "--example"));
    assertTrue(cli.err().contains("drover plan INVENTORY"), cli.err());
    CliRun report = new CliRun();
    assertEquals(2, report.execute("schema", "report", "--example"));
    assertTrue(report.err().contains("drover assess INVENTORY"), report.err());
  }
}
