package dev.drover.mappings.profile;

import dev.drover.mappings.yaml.LanguageReference;
import dev.drover.mappings.yaml.LanguageRules;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ProfileSchemaTest {
  private static final JsonNode SCHEMA = new JsonMapper().readTree(ProfileSchema.json());

  @Test
  void itIsASchemaThatDescribesEveryPropertyAndLeavesNothingOpenOrUnused() {
    LanguageRules.hold(SCHEMA);
  }

  @Test
  void theReferenceIsWhatTheSchemaSays() throws IOException {
    LanguageReference.holds(
        "profile",
        SCHEMA,
        """
        A profile is one YAML 1.2 document in UTF-8 without anchors, aliases and tags. A key that is not
        listed here is a mistake. `drover schema profile > profile.schema.json` gives an editor the same
        rules; the first line of a profile names that file. A size is written as Kubernetes does
        (`512Gi`, `1.5Ti`, `500G`).
        """
            + drivers(),
        ProfileSchema.example());
  }

  private static String drivers() {
    StringBuilder all =
        new StringBuilder(
            """

            ## Drivers that Drover knows

            What a class leaves out is answered by its driver, if it is one of these; `-` is unknown,
            mostly because it hangs on the class's parameters. What you write wins.

            | provisioner | snapshot | readWriteMany | block | expansion | cloning |
            | --- | --- | --- | --- | --- | --- |
            """);
    for (Provisioners.Driver driver : Provisioners.all()) {
      all.append("| `" + driver.name() + "` | " + driver.snapshot().text());
      all.append(" | " + driver.readWriteMany().text() + " | " + driver.block().text());
      all.append(" | " + driver.expansion().text() + " | " + driver.cloning().text() + " |\n");
    }
    return all.toString().replace("| unknown ", "| - ");
  }
}
