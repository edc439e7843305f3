package dev.drover.kube.cluster;

import dev.drover.mappings.model.Finding;
import dev.drover.mappings.target.TargetDisk;
import dev.drover.mappings.target.TargetVm;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Each disk has a storage class, and CDI knows what claims of it look like. */
final class StorageCheck implements PreflightCheck {
  private static final String DEFAULT_FOR_VMS = "storageclass.kubevirt.io/is-default-virt-class";
  private static final String DEFAULT = "storageclass.kubernetes.io/is-default-class";

  private final ClusterFacts facts;

  StorageCheck(ClusterFacts facts) {
    this.facts = facts;
  }

  @Override
  public List<Finding> check(TargetVm vm) {
    if (vm.disks().isEmpty()) {
      return List.of();
    }
    Seen<List<Resource>> seen = facts.list(Kind.STORAGE_CLASS, "", "");
    if (seen.answer().isEmpty()) {
      return List.of(PreflightCheck.hidden(seen, "the storage classes exist"));
    }
    List<Finding> findings = new ArrayList<>();
    for (TargetDisk disk : vm.disks()) {
      findings.addAll(check(disk, seen.answer().get()));
    }
    return findings;
  }

  private List<Finding> check(TargetDisk disk, List<Resource> classes) {
    Optional<Resource> chosen = chosen(disk.storage().storageClass(), classes);
    if (chosen.isEmpty()) {
      return List.of(noClass(disk.storage().storageClass(), classes));
    }
    List<Finding> findings = new ArrayList<>();
    if (disk.storage().accessMode() == null && facts.serves(Kind.DATA_VOLUME.apiVersion())) {
      checkProfile(chosen.get().name(), findings);
    }
    if (chosen.get().text("volumeBindingMode").equals("WaitForFirstConsumer")) {
      findings.add(
          Finding.info(
              "K8S-033",
              "storage class \""
                  + chosen.get().name()
                  + "\" makes a volume when it is first used; Drover has CDI make it at once",
              "nothing is to be done; on disks inside of the nodes the VM stays with the node that"
                  + " the cluster chooses now"));
    }
    return findings;
  }

  private void checkProfile(String storageClass, List<Finding> findings) {
    Seen<Optional<Resource>> seen = facts.object(Kind.STORAGE_PROFILE, "", storageClass);
    if (seen.answer().isEmpty()) {
      findings.add(
          PreflightCheck.hidden(
              seen, "CDI knows the access mode of storage class \"" + storageClass + "\""));
      return;
    }
    boolean known =
        seen.answer().get().stream()
            .anyMatch(
                p ->
                    hasAccessMode(p.list("spec", "claimPropertySets"))
                        || hasAccessMode(p.list("status", "claimPropertySets")));
    if (!known) {
      findings.add(
          Finding.blocker(
              "K8S-032",
              "CDI does not know how volumes of storage class \""
                  + storageClass
                  + "\" can be used (its StorageProfile names no access mode)",
              "write accessMode: ReadWriteOnce for it in the plan's storage lines, ReadWriteMany where"
                  + " several nodes can use a volume at once; or for all who use the class: kubectl"
                  + " edit storageprofile "
                  + storageClass));
    }
  }

  private static boolean hasAccessMode(List<Resource> sets) {
    return sets.stream()
        .anyMatch(s -> s.body().get("accessModes") instanceof List<?> l && !l.isEmpty());
  }

  private static Optional<Resource> chosen(
      @org.jspecify.annotations.Nullable String wanted, List<Resource> classes) {
    if (wanted != null) {
      return classes.stream().filter(c -> c.name().equals(wanted)).findFirst();
    }
    return marked(classes, DEFAULT_FOR_VMS).or(() -> marked(classes, DEFAULT));
  }

  private static Optional<Resource> marked(List<Resource> classes, String annotation) {
    return classes.stream().filter(c -> c.annotation(annotation).equals("true")).findFirst();
  }

  private static Finding noClass(
      @org.jspecify.annotations.Nullable String wanted, List<Resource> classes) {
    String there =
        classes.isEmpty()
            ? "none"
            : classes.stream().map(Resource::name).sorted().collect(Collectors.joining(", "));
    if (wanted == null) {
      return Finding.blocker(
          "K8S-031",
          "the cluster has no default storage class, and the plan names none",
          "write storageClass: NAME in the plan's storage lines, NAME being one of: " + there);
    }
    return Finding.blocker(
        "K8S-030",
        "there is no storage class \"" + wanted + "\"",
        "write another storageClass in the plan's storage lines, one of: " + there);
  }
}
