package dev.drover.mappings.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The little of a VM that planning, sizing and reports keep: 100,000 of them fit in memory. Lists
 * and texts that repeat between VMs are shared.
 *
 * @param used bytes that hold data over all disks; null where unknown
 * @param os for people; null unknown
 * @param osClass one of {@code windows}, {@code linux}, {@code other}, {@code unknown}
 * @param datastores of its disks, in their order, without repeats
 * @param networks of its NICs, the same
 * @param groups why it moves with others: each text names one group, equal for all its members
 *     ({@code tag App=shop}, {@code vApp erp}, {@code shared disk [ds1] q/q.vmdk})
 * @param tags {@code category=name}, in the source's order
 */
public record VmFacts(
    VmRef ref,
    String name,
    @Nullable String folder,
    PowerState power,
    int cpus,
    ByteSize memory,
    int disks,
    ByteSize size,
    @Nullable ByteSize used,
    int nics,
    @Nullable String os,
    String osClass,
    @Nullable String datacenter,
    @Nullable String cluster,
    @Nullable String host,
    List<String> datastores,
    List<String> networks,
    @Nullable String application,
    @Nullable String owner,
    @Nullable String criticality,
    List<String> tags,
    List<String> groups) {
  public VmFacts {
    datastores = List.copyOf(datastores);
    networks = List.copyOf(networks);
    tags = List.copyOf(tags);
    groups = List.copyOf(groups);
  }

  /** Used bytes, or the sizes where nobody knows them. */
  public ByteSize data() {
    return used == null ? size : used;
  }
}
