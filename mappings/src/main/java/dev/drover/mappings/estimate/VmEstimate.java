package dev.drover.mappings.estimate;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How long a VM takes by itself.
 *
 * @param copy of the used bytes
 * @param coldDowntime from shutdown to checked, when it is off during the whole copy
 * @param warmDowntime the same with deltas before; null where they never converge
 * @param assumptions what it rests on, for people
 */
public record VmEstimate(
    TimeRange copy,
    TimeRange coldDowntime,
    @Nullable TimeRange warmDowntime,
    List<String> assumptions) {
  public VmEstimate {
    assumptions = List.copyOf(assumptions);
  }
}
