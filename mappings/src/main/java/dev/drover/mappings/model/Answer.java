package dev.drover.mappings.model;

import com.fasterxml.jackson.annotation.JsonValue;
import org.jspecify.annotations.Nullable;

/** Yes, no, or nobody said: a source that does not know a thing must not be taken for a no. */
public enum Answer {
  YES("yes"),
  NO("no"),
  UNKNOWN("unknown");

  private final String text;

  Answer(String text) {
    this.text = text;
  }

  /** {@code yes}, {@code no} or {@code unknown}; in JSON too. */
  @JsonValue
  public String text() {
    return text;
  }

  /** Null becomes UNKNOWN. */
  public static Answer of(@Nullable Boolean value) {
    return value == null ? UNKNOWN : value ? YES : NO;
  }

  /** True for YES alone. */
  public boolean isYes() {
    return this == YES;
  }
}
