package dev.drover.batch.ledger;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.drover.mappings.plan.NetworkMapping;
import dev.drover.mappings.target.Sizing;
import dev.drover.mappings.target.TargetVm;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** A {@link TargetVm} as a column's text; alternatives carry their name in {@code kindOf}. */
final class TargetVmJson {
  private TargetVmJson() {}

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .addMixIn(Sizing.class, Named.class)
          .addMixIn(NetworkMapping.Destination.class, Named.class)
          .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
          .build();

  static String write(TargetVm vm) {
    return JSON.writeValueAsString(vm);
  }

  static TargetVm read(String text) {
    return JSON.readValue(text, TargetVm.class);
  }

  /** The permitted records of a sealed interface are found by themselves. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "kindOf")
  private interface Named {}
}
