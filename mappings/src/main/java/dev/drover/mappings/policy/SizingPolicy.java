package dev.drover.mappings.policy;

import dev.drover.mappings.model.ByteSize;
import org.jspecify.annotations.Nullable;

/**
 * How a target is sized. The defaults are those of migration-planner, where it has them.
 *
 * @param cpuOvercommit virtual CPUs on one core that counts, at least 1
 * @param memoryOvercommit at least 1
 * @param fill the share of a node that is used, above 0, at most 1
 * @param spareNodes nodes kept free for failures, at least
 * @param spareShare the share of the nodes kept free for failures; the larger of the two counts
 * @param smtThread what a second thread of a core counts, 0 to 1
 * @param vmsPerNode at most
 * @param nodeThreads logical processors of a node to size with, where the profile names none
 * @param nodeMemory the same
 * @param storageReserve the share of storage that stays free, 0 to below 1
 * @param prices null where no cost is asked for
 */
public record SizingPolicy(
    double cpuOvercommit,
    double memoryOvercommit,
    double fill,
    int spareNodes,
    double spareShare,
    double smtThread,
    int vmsPerNode,
    int nodeThreads,
    ByteSize nodeMemory,
    double storageReserve,
    @Nullable Prices prices) {
  /** Nodes of 64 threads and 512 GiB. */
  public static final SizingPolicy DEFAULT =
      new SizingPolicy(4, 1, 0.8, 2, 0.1, 0.5, 200, 64, ByteSize.ofGiB(512), 0.2, null);

  /**
   * What the user says that things cost in a year; Drover knows no prices. Null leaves a part out.
   *
   * @param currency as it shall be printed
   */
  public record Prices(
      String currency,
      @Nullable Double sourceCore,
      @Nullable Double sourceTebibyte,
      @Nullable Double targetNode,
      @Nullable Double targetCore,
      @Nullable Double targetTebibyte) {}
}
