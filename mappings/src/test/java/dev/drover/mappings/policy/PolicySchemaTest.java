package dev.drover.mappings.policy;

import dev.drover.mappings.yaml.LanguageReference;
import dev.drover.mappings.yaml.LanguageRules;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PolicySchemaTest {
  private static final JsonNode SCHEMA = new JsonMapper().readTree(PolicySchema.json());

  @Test
  void itIsASchemaThatDescribesEveryPropertyAndLeavesNothingOpenOrUnused() {
    LanguageRules.hold(SCHEMA);
  }

  @Test
  void theReferenceIsWhatTheSchemaSays() throws IOException {
    LanguageReference.holds(
        "policy",
        SCHEMA,
        """
        A policy is one YAML 1.2 document in UTF-8 without anchors, aliases and tags. A key that is not
        listed here is a mistake, and so is the code of a check that there is not.
        `drover schema policy > policy.schema.json` gives an editor the same rules; the first line of a
        policy names that file. A size is written as Kubernetes does (`512Gi`, `1.5Ti`, `500G`), a time
        as `90s`, `5m` or `1h30m`.
        """,
        PolicySchema.example());
  }
}
