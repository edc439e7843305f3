package dev.drover.mappings.sizing;

import dev.drover.mappings.model.ByteSize;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the VMs need of the target, and what they waste today.
 *
 * @param nodes that all moving VMs need, spare ones included
 * @param spareNodes of them
 * @param bound what decides: {@code cpu}, {@code memory}, {@code vms}
 * @param storage volumes with the reserve
 * @param free what the profile says is there; null where unknown
 * @param unusedDisk allocated and not used at the source; null where the source does not know
 * @param ofVms over how many VMs that is known
 * @param assumptions for people
 */
public record EstateSizing(
    int nodes,
    int spareNodes,
    String bound,
    long cpus,
    ByteSize memory,
    ByteSize storage,
    @Nullable Capacity free,
    @Nullable ByteSize unusedDisk,
    int ofVms,
    @Nullable Cost cost,
    List<String> assumptions) {
  public EstateSizing {
    assumptions = List.copyOf(assumptions);
  }

  /** Processors in virtual CPUs after overcommit, and bytes. Each null where unknown. */
  public record Capacity(
      @Nullable Long cpus, @Nullable ByteSize memory, @Nullable ByteSize storage) {}

  /**
   * A year's cost both ways, from the policy's prices.
   *
   * @param source null where no price of the source is given
   * @param target the same
   */
  public record Cost(
      String currency, @Nullable Double source, @Nullable Double target, List<String> parts) {
    public Cost {
      parts = List.copyOf(parts);
    }
  }
}
