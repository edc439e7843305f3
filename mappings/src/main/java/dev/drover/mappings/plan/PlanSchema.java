package dev.drover.mappings.plan;

import dev.drover.mappings.yaml.Dialect;

/** The language of plan files. */
public final class PlanSchema {
  /** Room for 100,000 VMs with overrides each; more is not a plan. */
  private static final int LARGEST = 64 << 20;

  private PlanSchema() {}

  /** Its JSON Schema: draft 2020-12, indented, with a description at each property. */
  public static String json() {
    return Dialect.schema(PlanSchema.class, "plan.schema.json");
  }

  static Dialect dialect() {
    return new Dialect(
        "plan", "make one with: drover plan INVENTORY --target TARGET -o FILE", json(), LARGEST);
  }
}
