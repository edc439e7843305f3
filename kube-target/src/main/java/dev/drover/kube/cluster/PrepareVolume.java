package dev.drover.kube.cluster;

import dev.drover.kube.manifest.Manifest;
import dev.drover.mappings.failure.TargetFailed;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Makes sure that the DataVolume of a disk is there and Drover's. */
final class PrepareVolume {
  /** Has CDI bind a WaitForFirstConsumer claim at once: the VM that would be first is not there. */
  private static final String BIND_AT_ONCE = "cdi.kubevirt.io/storage.bind.immediate.requested";

  /** Has CDI keep the DataVolume, by which Drover knows that a disk has arrived. */
  private static final String DELETE_AFTER = "cdi.kubevirt.io/storage.deleteAfterCompletion";

  /** Set before the first byte is sent; a volume that has it and is not Succeeded is worthless. */
  static final String UPLOAD_BEGUN = "drover.dev/upload-begun";

  private final Api api;
  private final RemoveObject remove;

  PrepareVolume(Api api, RemoveObject remove) {
    this.api = api;
    this.remove = remove;
  }

  /** The volume as it is, made where there is none. Leaves alone what was uploaded. */
  Resource ensure(Manifest wanted) {
    String subject = subject(wanted);
    return ExplainRefusal.during(
        subject,
        () -> {
          Optional<Resource> found = find(subject, wanted);
          return found.isPresent() ? found.get() : create(subject, wanted);
        });
  }

  /** The volume as it is; makes none. */
  Optional<Resource> existing(Manifest wanted) {
    String subject = subject(wanted);
    return ExplainRefusal.during(
        subject,
        () -> {
          Optional<Resource> found = api.get(Kind.DATA_VOLUME, wanted.namespace(), wanted.name());
          if (found.isPresent() && !Ownership.isOurs(found.get(), wanted)) {
            throw Ownership.taken(subject, found.get());
          }
          return found;
        });
  }

  /** A volume to which nothing was uploaded; one to which something was is replaced. */
  Resource fresh(Manifest wanted) {
    String subject = subject(wanted);
    return ExplainRefusal.during(
        subject,
        () -> {
          Optional<Resource> found = find(subject, wanted);
          if (found.isPresent()) {
            if (isFresh(found.get(), wanted)) {
              return found.get();
            }
            remove.andWait(Kind.DATA_VOLUME, found.get());
            remove.untilGone(Kind.CLAIM, wanted.namespace(), wanted.name(), "");
          }
          return create(subject, wanted);
        });
  }

  /** Notes on the cluster that bytes are about to be sent. */
  void begin(Resource volume) {
    Map<String, Object> metadata =
        Map.of("uid", volume.uid(), "annotations", Map.of(UPLOAD_BEGUN, "true"));
    api.merge(Kind.DATA_VOLUME, volume.namespace(), volume.name(), Map.of("metadata", metadata));
  }

  /**
   * A volume that has its disk.
   *
   * @throws TargetFailed where its phase tells that it has none
   */
  static Resource filled(String subject, Resource volume) {
    String phase = volume.text("status", "phase");
    if (!phase.equals("Succeeded")) {
      throw changed(subject, "holds no disk (phase \"" + phase + "\")");
    }
    return volume;
  }

  /** Somebody did something to a volume after the copy. */
  static TargetFailed changed(String subject, String what) {
    return new TargetFailed(
        subject,
        what,
        "somebody changed it since the copy: run \"drover rollback\" for this VM and move it again");
  }

  static String subject(Manifest wanted) {
    return "DataVolume " + wanted.namespace() + "/" + wanted.name();
  }

  static String claimSubject(Manifest wanted) {
    return "PersistentVolumeClaim " + wanted.namespace() + "/" + wanted.name();
  }

  private Optional<Resource> find(String subject, Manifest wanted) {
    Optional<Resource> found = api.get(Kind.DATA_VOLUME, wanted.namespace(), wanted.name());
    if (found.isPresent()) {
      if (!Ownership.isOurs(found.get(), wanted)) {
        throw Ownership.taken(subject, found.get());
      }
      if (!found.get().leaving()) {
        return found;
      }
      remove.untilGone(Kind.DATA_VOLUME, wanted.namespace(), wanted.name(), found.get().uid());
    }
    api.get(Kind.CLAIM, wanted.namespace(), wanted.name()).ifPresent(claim -> clear(claim, wanted));
    return Optional.empty();
  }

  /** Makes way where a claim of that name is left of an earlier volume of Drover's. */
  private void clear(Resource claim, Manifest wanted) {
    String subject = claimSubject(wanted);
    if (!claim.leaving() && !Ownership.isOurs(claim, wanted)) {
      throw Ownership.taken(subject, claim);
    }
    boolean follows =
        claim.list("metadata", "ownerReferences").stream()
            .anyMatch(o -> o.text("kind").equals(Kind.DATA_VOLUME.text()));
    if (!claim.leaving() && !follows) {
      // With its owner gone, the garbage collector takes a claim; this one somebody set free.
      throw new TargetFailed(
          subject,
          "it is left of an earlier move, and somebody took it off its DataVolume",
          "run \"drover rollback\" for this VM if nobody needs it, and move it again");
    }
    remove.andWait(Kind.CLAIM, claim);
  }

  private Resource create(String subject, Manifest wanted) {
    try {
      return api.create(Kind.DATA_VOLUME, wanted.namespace(), annotated(wanted));
    } catch (ApiRefused e) {
      if (e.code() != 409) {
        throw e;
      }
      // fabric8 repeats a request whose answer was lost, and the first may have done it.
      return find(subject, wanted).orElseThrow(() -> e);
    }
  }

  private static boolean isFresh(Resource volume, Manifest wanted) {
    String phase = volume.text("status", "phase");
    Resource asked = new Resource(wanted.body());
    return volume.annotation(UPLOAD_BEGUN).isEmpty()
        && !phase.equals("Succeeded")
        && !phase.equals("Failed")
        && claimOf(volume).equals(claimOf(asked));
  }

  private static String claimOf(Resource volume) {
    return volume.text("spec", "storage", "storageClassName")
        + " "
        + volume.text("spec", "storage", "resources", "requests", "storage");
  }

  private static Map<String, Object> annotated(Manifest wanted) {
    Map<String, Object> body = new LinkedHashMap<>(wanted.body());
    Map<String, Object> metadata = new LinkedHashMap<>(new Resource(wanted.body()).map("metadata"));
    Map<String, Object> annotations =
        new LinkedHashMap<>(new Resource(wanted.body()).map("metadata", "annotations"));
    annotations.put(BIND_AT_ONCE, "true");
    annotations.put(DELETE_AFTER, "false");
    metadata.put("annotations", annotations);
    body.put("metadata", metadata);
    return body;
  }
}
