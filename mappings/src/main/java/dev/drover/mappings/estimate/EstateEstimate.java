package dev.drover.mappings.estimate;

import java.util.List;

/**
 * How long the whole estate takes.
 *
 * @param copy with as many copies at once as the policy allows, without pauses between waves
 * @param handsOn the engineers' checks, all engineers at work
 */
public record EstateEstimate(TimeRange copy, TimeRange handsOn, List<String> assumptions) {
  public EstateEstimate {
    assumptions = List.copyOf(assumptions);
  }
}
