package dev.drover.mappings.profile;

import dev.drover.mappings.model.Answer;
import dev.drover.mappings.model.ByteSize;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a target can do, read from a cluster or written by hand. A list that is null was not seen;
 * an empty one is known to be empty.
 *
 * @param name of the cluster, for people
 * @param versions by component: {@code kubernetes}, {@code kubevirt}, {@code cdi}
 * @param features of KubeVirt that are switched on, by the name of their gate
 * @param networks NetworkAttachmentDefinitions as {@code namespace/name}
 * @param instanceTypes {@code kind/name}, as {@code VmSettings.instanceType} takes them
 * @param preferences the same
 * @param unseen what could not be read, and how it could
 */
public record TargetProfile(
    String name,
    Map<String, String> versions,
    @Nullable List<String> features,
    @Nullable List<StorageClass> storageClasses,
    @Nullable List<String> networks,
    @Nullable List<NodeGroup> nodes,
    @Nullable List<String> instanceTypes,
    @Nullable List<String> preferences,
    List<Unseen> unseen) {
  /** Nothing is known. */
  public static final TargetProfile UNKNOWN =
      new TargetProfile("unknown", Map.of(), null, null, null, null, null, null, List.of());

  public TargetProfile {
    versions = Map.copyOf(versions);
    features = features == null ? null : List.copyOf(features);
    storageClasses = storageClasses == null ? null : List.copyOf(storageClasses);
    networks = networks == null ? null : List.copyOf(networks);
    nodes = nodes == null ? null : List.copyOf(nodes);
    instanceTypes = instanceTypes == null ? null : List.copyOf(instanceTypes);
    preferences = preferences == null ? null : List.copyOf(preferences);
    unseen = List.copyOf(unseen);
  }

  /** The class of that name. */
  public Optional<StorageClass> storageClass(String className) {
    return storageClasses == null
        ? Optional.empty()
        : storageClasses.stream().filter(c -> c.name().equals(className)).findFirst();
  }

  /**
   * A storage class.
   *
   * @param provisioner its CSI driver, or null
   * @param snapshot whether its volumes can be snapshotted (a VolumeSnapshotClass of its driver)
   * @param readWriteMany whether several nodes can write to a volume, which live migration needs
   * @param block whether it gives raw block volumes
   * @param waitsForConsumer whether a volume is made only when a pod wants it
   * @param largestVolume null without a limit or unknown
   * @param free null where unknown
   */
  public record StorageClass(
      String name,
      @Nullable String provisioner,
      Answer isDefault,
      Answer snapshot,
      Answer readWriteMany,
      Answer block,
      Answer expansion,
      Answer cloning,
      Answer waitsForConsumer,
      @Nullable ByteSize largestVolume,
      @Nullable ByteSize free) {}

  /**
   * Nodes of one kind.
   *
   * @param count at least 1
   * @param threads logical processors of each
   * @param memory of each
   * @param freeThreads of all together, what no pod has requested; null where unknown
   * @param freeMemory of all together, what no pod has requested; null where unknown
   * @param smt whether two threads share a core
   */
  public record NodeGroup(
      String name,
      int count,
      int threads,
      ByteSize memory,
      @Nullable Integer freeThreads,
      @Nullable ByteSize freeMemory,
      Answer smt) {
    public NodeGroup {
      if (count < 1 || threads < 1) {
        throw new IllegalArgumentException("a group has a node with a processor: " + name);
      }
    }
  }

  /**
   * What could not be seen.
   *
   * @param what for people: {@code free space of the storage classes}
   * @param permission what would show it: {@code get csistoragecapacities.storage.k8s.io}
   */
  public record Unseen(String what, String permission) {}
}
