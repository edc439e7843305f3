package dev.drover.kube.cluster;

import dev.drover.mappings.model.Answer;
import dev.drover.mappings.model.ByteSize;
import dev.drover.mappings.profile.TargetProfile.StorageClass;
import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The storage classes of a cluster, and what its drivers and CDI say of them. */
final class ReadStorageClasses {
  private static final String DEFAULT_FOR_VMS = "storageclass.kubevirt.io/is-default-virt-class";
  private static final String DEFAULT = "storageclass.kubernetes.io/is-default-class";

  /** Names in one line for people. */
  private static final int SOME = 10;

  private final LookAround around;

  ReadStorageClasses(LookAround around) {
    this.around = around;
  }

  /** In the order of their names; null where they are not shown. */
  @Nullable List<StorageClass> read() {
    Optional<List<Resource>> classes = around.list(Kind.STORAGE_CLASS, "the storage classes");
    if (classes.isEmpty()) {
      return null;
    }
    Optional<List<Resource>> snapshots =
        around.list(Kind.SNAPSHOT_CLASS, "which storage classes make snapshots");
    Optional<List<Resource>> profiles =
        around.listOf(
            Kind.STORAGE_PROFILE, "access and volume modes of the storage classes", "CDI");
    Optional<List<Resource>> capacities =
        around.list(Kind.STORAGE_CAPACITY, "the free space of the storage classes");
    String chosen = chosen(classes.get());
    Map<String, Resource> profileOf = new HashMap<>();
    profiles.ifPresent(all -> all.forEach(p -> profileOf.put(p.name(), p)));
    List<StorageClass> read = new ArrayList<>();
    for (Resource each : classes.get()) {
      Resource profile = profileOf.getOrDefault(each.name(), new Resource(Map.of()));
      Answer snapshot = snapshot(each.text("provisioner"), snapshots, profile);
      read.add(storageClass(each, chosen, snapshot, profile, capacities.orElse(List.of())));
    }
    read.sort(Comparator.comparing(StorageClass::name));
    if (capacities.isPresent()) {
      missFreeSpace(read);
    }
    return read;
  }

  private static StorageClass storageClass(
      Resource each, String chosen, Answer snapshot, Resource profile, List<Resource> capacities) {
    String provisioner = each.text("provisioner");
    List<Resource> sets = profile.list("status", "claimPropertySets");
    List<Resource> own =
        capacities.stream().filter(c -> c.text("storageClassName").equals(each.name())).toList();
    return new StorageClass(
        each.name(),
        provisioner.isBlank() ? null : provisioner,
        Answer.of(each.name().equals(chosen)),
        snapshot,
        any(sets, s -> ReadProfile.texts(s.body().get("accessModes")).contains("ReadWriteMany")),
        any(sets, s -> s.text("volumeMode").equals("Block")),
        Answer.of(each.text("allowVolumeExpansion").equals("true")),
        cloning(profile.text("status", "cloneStrategy"), snapshot),
        Answer.of(each.text("volumeBindingMode").equals("WaitForFirstConsumer")),
        sum(own, "maximumVolumeSize", BigDecimal::max),
        sum(own, "capacity", BigDecimal::add));
  }

  /** The class that VMs get which name none: CDI's own default, else the cluster's, the newest. */
  private static String chosen(List<Resource> classes) {
    return marked(classes, DEFAULT_FOR_VMS).or(() -> marked(classes, DEFAULT)).orElse("");
  }

  private static Optional<String> marked(List<Resource> classes, String annotation) {
    return classes.stream()
        .filter(c -> c.annotation(annotation).equals("true"))
        .max(Comparator.comparing(c -> c.text("metadata", "creationTimestamp")))
        .map(Resource::name);
  }

  private static Answer snapshot(
      String provisioner, Optional<List<Resource>> snapshots, Resource profile) {
    if (snapshots.isPresent()) {
      return Answer.of(
          snapshots.get().stream().anyMatch(s -> s.text("driver").equals(provisioner)));
    }
    return profile.text("status", "snapshotClass").isEmpty() ? Answer.UNKNOWN : Answer.YES;
  }

  /** Where CDI names no strategy, it clones by snapshots if it can. */
  private static Answer cloning(String strategy, Answer snapshot) {
    return switch (strategy) {
      case "csi-clone", "snapshot" -> Answer.YES;
      case "copy" -> Answer.NO;
      default -> snapshot.isYes() ? Answer.YES : Answer.UNKNOWN;
    };
  }

  /** No set at all means that CDI does not know the driver, which is no "no". */
  private static Answer any(List<Resource> sets, java.util.function.Predicate<Resource> condition) {
    return sets.isEmpty() ? Answer.UNKNOWN : Answer.of(sets.stream().anyMatch(condition));
  }

  /** Over the parts of a class' topology; null where its driver says nothing. */
  private static @Nullable ByteSize sum(
      List<Resource> capacities,
      String key,
      java.util.function.BinaryOperator<BigDecimal> operator) {
    return capacities.stream()
        .map(c -> c.text(key))
        .filter(text -> !text.isEmpty())
        .map(text -> Quantity.parse(text).getNumericalAmount())
        .reduce(operator)
        .map(total -> new ByteSize(Math.max(0, total.min(LARGEST).longValue())))
        .orElse(null);
  }

  private static final BigDecimal LARGEST = BigDecimal.valueOf(Long.MAX_VALUE);

  private void missFreeSpace(List<StorageClass> classes) {
    List<String> silent =
        classes.stream().filter(c -> c.free() == null).map(StorageClass::name).toList();
    if (!silent.isEmpty()) {
      String names = silent.stream().limit(SOME).collect(Collectors.joining(", "));
      around.miss(
          "the free space of " + names + (silent.size() > SOME ? " and others" : ""),
          "none: their drivers do not report it; write \"free: 40Ti\" into the file by hand");
    }
  }
}
