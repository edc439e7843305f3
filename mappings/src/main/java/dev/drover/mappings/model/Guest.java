package dev.drover.mappings.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What runs inside.
 *
 * @param configuredOs the source's id of the system it was configured for: {@code
 *     windows2019srv_64Guest}, a CIM number, an osinfo URL; null unknown
 * @param configuredOsName the same for people, or null
 * @param reportedOs what an agent in the guest reports, or null; it wins over the configured one
 * @param hostName or null
 * @param tools state of the agent, or null
 * @param filesystems null where unknown
 * @param virtioDrivers whether the guest can boot from virtio
 */
public record Guest(
    @Nullable String configuredOs,
    @Nullable String configuredOsName,
    @Nullable String reportedOs,
    @Nullable String hostName,
    @Nullable Tools tools,
    @Nullable List<Filesystem> filesystems,
    Answer virtioDrivers) {
  public Guest {
    filesystems = filesystems == null ? null : List.copyOf(filesystems);
  }

  /** Nothing but the configured system. */
  public static Guest configured(@Nullable String os, @Nullable String name) {
    return new Guest(os, name, null, null, null, null, Answer.UNKNOWN);
  }

  /**
   * VMware Tools, the qemu agent, integration services.
   *
   * @param version or null
   */
  public record Tools(String product, @Nullable String version, Answer running) {}

  /** A file system as the agent sees it. */
  public record Filesystem(
      String mount, @Nullable String type, ByteSize capacity, @Nullable ByteSize free) {}
}
