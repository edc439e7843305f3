package dev.drover.mappings.target;

import dev.drover.mappings.model.VmRef;
import java.util.List;
import java.util.Map;

/**
 * A VirtualMachine as it will be created.
 *
 * @param source where it comes from
 * @param sourceName its name there; kept in an annotation
 * @param namespace a DNS label
 * @param name a DNS label, unique in its namespace
 * @param platform firmware, clock, machine
 * @param disks in the order in which the guest sees them
 * @param nics the same
 * @param running whether it runs after the move
 * @param labels the user's; Drover's own are added when it is rendered
 * @param annotations the same
 */
public record TargetVm(
    VmRef source,
    String sourceName,
    String namespace,
    String name,
    Sizing sizing,
    Platform platform,
    List<TargetDisk> disks,
    List<TargetNic> nics,
    boolean running,
    Map<String, String> labels,
    Map<String, String> annotations) {
  public TargetVm {
    disks = List.copyOf(disks);
    nics = List.copyOf(nics);
    labels = Map.copyOf(labels);
    annotations = Map.copyOf(annotations);
  }

  /** {@code namespace/name}. */
  public String path() {
    return namespace + "/" + name;
  }

  /** Bytes that its disks hold, holes included. */
  public long diskBytes() {
    return disks.stream().mapToLong(disk -> disk.size().bytes()).sum();
  }
}
