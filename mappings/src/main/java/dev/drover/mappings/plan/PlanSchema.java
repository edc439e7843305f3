package dev.drover.mappings.plan;

import dev.drover.mappings.yaml.Dialect;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The language of plan files. */
public final class PlanSchema {
  /** Room for 100,000 VMs with overrides each; more is not a plan. */
  private static final int LARGEST = 64 << 20;

  private PlanSchema() {}

  /** Its JSON Schema: draft 2020-12, indented, with a description at each property. */
  public static String json() {
    return Dialect.schema(PlanSchema.class, "plan.schema.json");
  }

  /** The language of the file of a wave: a part of the plan's. */
  static Dialect waveDialect() {
    return new Dialect("wave", "see vmsFile: in docs/plan-reference.md", WaveSchema.JSON, LARGEST);
  }

  /** Made once. */
  private static final class WaveSchema {
    private static final String JSON = make();

    private static String make() {
      ObjectNode schema = (ObjectNode) new JsonMapper().readTree(json());
      ObjectNode properties = (ObjectNode) schema.path("properties");
      properties.retain("apiVersion", "kind");
      ((ObjectNode) properties.path("kind")).put("const", "MigrationWave");
      properties.set("vms", schema.path("$defs").path("wave").path("properties").path("vms"));
      schema.put("$id", "urn:drover:schema:wave:v1alpha1");
      schema.put("title", "Drover wave");
      ArrayNode required = schema.putArray("required");
      required.add("apiVersion").add("kind").add("vms");
      return schema.toString();
    }
  }

  static Dialect dialect() {
    return new Dialect(
        "plan", "make one with: drover plan INVENTORY --target TARGET -o FILE", json(), LARGEST);
  }
}
