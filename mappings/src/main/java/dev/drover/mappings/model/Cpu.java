package dev.drover.mappings.model;

import org.jspecify.annotations.Nullable;

/**
 * Virtual CPUs. {@code count} alone is always known; the topology is what the source says,
 * unguarded: the mapping decides when it does not multiply to the count.
 *
 * @param count virtual CPUs, at least 1
 * @param coresPerSocket null where unknown
 * @param threadsPerCore null where unknown
 * @param reservationMhz MHz, null where unknown
 * @param limitMhz MHz, null where unknown or without a limit
 * @param model the CPU model or feature baseline that the source names, or null
 * @param pinned whether it is bound to host CPUs or NUMA nodes
 * @param latencySensitive whether the source runs it with raised latency sensitivity
 * @param nested whether the guest is offered hardware virtualisation
 */
public record Cpu(
    int count,
    @Nullable Integer coresPerSocket,
    @Nullable Integer threadsPerCore,
    @Nullable Long reservationMhz,
    @Nullable Long limitMhz,
    @Nullable String model,
    Answer hotAdd,
    Answer pinned,
    Answer latencySensitive,
    Answer nested) {
  public Cpu {
    if (count < 1) {
      throw new IllegalArgumentException("a VM has at least one CPU, not " + count);
    }
  }

  /** A count and nothing else. */
  public static Cpu ofCount(int count) {
    return new Cpu(
        count,
        null,
        null,
        null,
        null,
        null,
        Answer.UNKNOWN,
        Answer.UNKNOWN,
        Answer.UNKNOWN,
        Answer.UNKNOWN);
  }

  /** The same with a topology. */
  public Cpu withCoresPerSocket(@Nullable Integer cores) {
    return new Cpu(
        count,
        cores,
        threadsPerCore,
        reservationMhz,
        limitMhz,
        model,
        hotAdd,
        pinned,
        latencySensitive,
        nested);
  }
}
