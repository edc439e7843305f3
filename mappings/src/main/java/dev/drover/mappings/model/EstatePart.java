package dev.drover.mappings.model;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.jspecify.annotations.Nullable;

/**
 * What the VMs of a source live on. Where a VM's {@link Placement} or a disk's backing names one,
 * it is by {@code source}, {@code datacenter} and {@code name}. What the source does not tell is
 * null or {@link Answer#UNKNOWN}.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = EstatePart.Host.class, name = "host"),
  @JsonSubTypes.Type(value = EstatePart.Cluster.class, name = "cluster"),
  @JsonSubTypes.Type(value = EstatePart.Datastore.class, name = "datastore"),
  @JsonSubTypes.Type(value = EstatePart.Network.class, name = "network")
})
public sealed interface EstatePart {
  /** The name of the source in the plan. */
  String source();

  /** As the source shows it; may hold any character. */
  String name();

  /** Names of one source repeat between datacenters; null where unknown. */
  @Nullable String datacenter();

  /**
   * A machine that runs VMs.
   *
   * @param cores physical cores over all sockets
   * @param threads logical processors; more than {@code cores} where SMT is on
   * @param version of the hypervisor
   * @param usable no where it is in maintenance or not connected
   */
  record Host(
      String source,
      String name,
      @Nullable String datacenter,
      @Nullable String cluster,
      @Nullable Integer sockets,
      @Nullable Integer cores,
      @Nullable Integer threads,
      @Nullable ByteSize memory,
      @Nullable String cpuModel,
      @Nullable String version,
      Answer usable)
      implements EstatePart {}

  /**
   * Hosts that back each other.
   *
   * @param restarts whether VMs of a dead host start on another one (HA)
   * @param balances whether running VMs move between hosts by themselves (DRS)
   * @param powersDown whether idle hosts are switched off (DPM)
   */
  record Cluster(
      String source,
      String name,
      @Nullable String datacenter,
      Answer restarts,
      Answer balances,
      Answer powersDown)
      implements EstatePart {}

  /**
   * A place for disks.
   *
   * @param type {@code VMFS}, {@code NFS}, {@code vsan}, {@code vVol}, as the source spells it
   * @param reachable no where the source says that it cannot be used
   */
  record Datastore(
      String source,
      String name,
      @Nullable String datacenter,
      @Nullable String type,
      @Nullable ByteSize capacity,
      @Nullable ByteSize free,
      Answer reachable)
      implements EstatePart {}

  /**
   * A network or port group.
   *
   * @param type {@code standard}, {@code distributed}, {@code opaque}, {@code bridge}; or null
   * @param vlan null where unknown, 0 for none
   * @param switchName the virtual switch, or null
   */
  record Network(
      String source,
      String name,
      @Nullable String datacenter,
      @Nullable String type,
      @Nullable Integer vlan,
      @Nullable String switchName)
      implements EstatePart {}
}
