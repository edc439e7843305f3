package dev.drover.mappings.policy;

import dev.drover.mappings.yaml.Dialect;

/** The language of policy files. */
public final class PolicySchema {
  private static final int LARGEST = 16 << 20;

  private PolicySchema() {}

  /** Its JSON Schema: draft 2020-12, indented, with a description at each property. */
  public static String json() {
    return Dialect.schema(PolicySchema.class, "policy.schema.json");
  }

  /** A policy that says what holds without one, with every other key in comments. */
  public static String example() {
    return Dialect.schema(PolicySchema.class, "policy.example.yaml");
  }

  static Dialect dialect() {
    return new Dialect(
        "policy", "make one with: drover schema policy --example > FILE", json(), LARGEST);
  }
}
