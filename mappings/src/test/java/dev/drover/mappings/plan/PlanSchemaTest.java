package dev.drover.mappings.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.drover.mappings.yaml.LanguageReference;
import dev.drover.mappings.yaml.LanguageRules;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PlanSchemaTest {
  private static final JsonNode SCHEMA = new JsonMapper().readTree(PlanSchema.json());

  @Test
  void itIsASchemaThatDescribesEveryPropertyAndLeavesNothingOpenOrUnused() {
    LanguageRules.hold(SCHEMA);
  }

  @Test
  void aVmTakesEverySettingThatTheDefaultsTake() {
    Set<String> vm = new TreeSet<>(SCHEMA.at("/$defs/vm/properties").propertyNames());
    vm.removeAll(List.of("vm", "name", "targetName", "disks", "nics"));
    assertEquals(new TreeSet<>(SCHEMA.at("/$defs/settings/properties").propertyNames()), vm);
  }

  @Test
  void theReferenceIsWhatTheSchemaSays() throws IOException {
    LanguageReference.holds(
        "plan",
        SCHEMA,
        """
        A plan is one YAML 1.2 document in UTF-8 without anchors, aliases and tags. A key that is not
        listed here is a mistake. `drover schema plan > plan.schema.json` gives an editor the same
        rules; the first line of a plan names that file. Text that looks like a number or like `true`
        needs quotes.
        """,
        PlanReaderTest.whole());
  }
}
