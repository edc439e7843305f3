package dev.drover.mappings.profile;

import dev.drover.mappings.yaml.Dialect;

/** The language of profile files. */
public final class ProfileSchema {
  private static final int LARGEST = 16 << 20;

  private ProfileSchema() {}

  /** Its JSON Schema: draft 2020-12, indented, with a description at each property. */
  public static String json() {
    return Dialect.schema(ProfileSchema.class, "profile.schema.json");
  }

  /** A profile as one writes it by hand. */
  public static String example() {
    return Dialect.schema(ProfileSchema.class, "profile.example.yaml");
  }

  static Dialect dialect() {
    return new Dialect(
        "profile", "make one with: drover profile --target kubernetes -o FILE", json(), LARGEST);
  }
}
