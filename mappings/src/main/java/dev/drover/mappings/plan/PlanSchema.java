package dev.drover.mappings.plan;

/** The JSON Schema of plan files. */
public final class PlanSchema {
  private PlanSchema() {}

  /** Draft 2020-12, indented, with a description at each property. */
  public static String json() {
    throw new UnsupportedOperationException();
  }
}
