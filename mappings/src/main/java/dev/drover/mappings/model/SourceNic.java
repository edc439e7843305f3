package dev.drover.mappings.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A network card.
 *
 * @param id unique in its VM and stable
 * @param label {@code Network adapter 1}
 * @param model as the source spells it, in lower case: {@code vmxnet3}, {@code e1000}; null unknown
 * @param mac lower case with colons; null where the source assigns it at start
 * @param network the name that the network map translates, or null for a card without a network
 * @param vlan or null
 * @param networkKind {@code standard}, {@code distributed}, {@code opaque}, {@code bridge}; or null
 * @param connected whether it is plugged in at start
 * @param addresses what tools in the guest report; null where unknown, empty where there are none
 * @param passthrough SR-IOV or DirectPath
 */
public record SourceNic(
    String id,
    String label,
    @Nullable String model,
    @Nullable String mac,
    @Nullable String network,
    @Nullable Integer vlan,
    @Nullable String networkKind,
    Answer connected,
    @Nullable List<GuestAddress> addresses,
    Answer passthrough) {
  public SourceNic {
    addresses = addresses == null ? null : List.copyOf(addresses);
  }

  /**
   * An address in the guest.
   *
   * @param prefix length in bits, null unknown
   * @param gateway or null
   * @param fixed whether it was set by hand and not by DHCP
   */
  public record GuestAddress(
      String address, @Nullable Integer prefix, @Nullable String gateway, Answer fixed) {}
}
