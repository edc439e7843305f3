package dev.drover.mappings.sizing;

import dev.drover.mappings.model.ByteSize;
import dev.drover.mappings.policy.SizingPolicy;
import dev.drover.mappings.profile.TargetProfile;
import dev.drover.mappings.profile.TargetProfile.NodeGroup;
import dev.drover.mappings.profile.TargetProfile.StorageClass;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is free at the target, counted as sizing counts. */
public final class TargetRoom {
  private TargetRoom() {}

  /** Null where nothing is known; a part is null where one group or class does not tell it. */
  public static EstateSizing.@Nullable Capacity of(TargetProfile profile, SizingPolicy policy) {
    Double cpus = null;
    Double memory = null;
    List<NodeGroup> nodes = profile.nodes();
    if (nodes != null) {
      cpus = 0.0;
      memory = 0.0;
      for (NodeGroup group : nodes) {
        cpus = add(cpus, freeCpus(group, policy));
        memory = add(memory, freeMemory(group, policy));
      }
    }
    Double storage = storage(profile, policy);
    if (cpus == null && memory == null && storage == null) {
      return null;
    }
    return new EstateSizing.Capacity(
        cpus == null ? null : (long) Math.floor(cpus),
        memory == null ? null : SizeEstate.bytes(memory),
        storage == null ? null : SizeEstate.bytes(storage));
  }

  private static @Nullable Double add(@Nullable Double sum, @Nullable Double more) {
    return sum == null || more == null ? null : Double.valueOf(sum + more);
  }

  private static @Nullable Double freeCpus(NodeGroup group, SizingPolicy policy) {
    Integer free = group.freeThreads();
    if (free == null) {
      return null;
    }
    double kept = (1 - policy.fill()) * group.threads() * group.count();
    double counts = NodeShape.counting(group, policy) / group.threads();
    return Math.max(0, free - kept) * counts * policy.cpuOvercommit();
  }

  private static @Nullable Double freeMemory(NodeGroup group, SizingPolicy policy) {
    ByteSize free = group.freeMemory();
    if (free == null) {
      return null;
    }
    double kept = (1 - policy.fill()) * group.memory().bytes() * group.count();
    return Math.max(0, free.bytes() - kept) * policy.memoryOvercommit();
  }

  /** Of the classes that tell; classes of one storage system may count its space twice. */
  private static @Nullable Double storage(TargetProfile profile, SizingPolicy policy) {
    List<StorageClass> classes = profile.storageClasses();
    if (classes == null || classes.stream().noneMatch(c -> c.free() != null)) {
      return null;
    }
    double sum = 0;
    for (StorageClass one : classes) {
      sum += of(one, policy);
    }
    return sum;
  }

  /** Bytes that a class takes with the reserve kept; 0 where unknown. */
  public static double of(StorageClass storageClass, SizingPolicy policy) {
    ByteSize free = storageClass.free();
    return free == null ? 0 : free.bytes() * (1 - policy.storageReserve());
  }
}
