package dev.drover.mappings.target;

import dev.drover.mappings.plan.NetworkMapping;
import org.jspecify.annotations.Nullable;

/**
 * A NIC as it will be attached.
 *
 * @param sourceId the NIC's id at the source
 * @param name of interface and network, a DNS label: {@code net0}
 * @param model {@code virtio}, {@code e1000e}, …
 * @param mac kept from the source; null lets KubeVirt choose
 * @param network pod or multus; an ignored NIC is not here
 * @param linkUp false keeps the cable out
 * @param bootOrder from 1, or null
 */
public record TargetNic(
    String sourceId,
    String name,
    String model,
    @Nullable String mac,
    NetworkMapping.Destination network,
    boolean linkUp,
    @Nullable Integer bootOrder) {
  public TargetNic {
    if (network instanceof NetworkMapping.Ignore) {
      throw new IllegalArgumentException("an ignored NIC is left out");
    }
  }
}
