package dev.drover.kube.cluster;

import dev.drover.kube.manifest.Manifest;
import dev.drover.mappings.failure.TargetFailed;
import java.util.Optional;

/**
 * Looks whether a disk that was moved is still there. The VirtualMachine does not tell while it is
 * stopped: KubeVirt looks for volumes when it starts one.
 */
final class ObserveVolume {
  private static final String REMEDY = "run \"drover rollback\" for this VM and move it again";

  private final Api api;

  ObserveVolume(Api api) {
    this.api = api;
  }

  /**
   * Passes where the disk is there. A claim without its DataVolume is enough, as it is for
   * KubeVirt.
   *
   * @throws TargetFailed where it is gone, is on its way out, or holds nothing
   */
  void observe(Manifest wanted) {
    String subject = PrepareVolume.subject(wanted);
    ExplainRefusal.during(
            subject, () -> api.get(Kind.DATA_VOLUME, wanted.namespace(), wanted.name()))
        .ifPresent(volume -> whole(subject, volume));
    String held = PrepareVolume.claimSubject(wanted);
    held(
        held,
        ExplainRefusal.during(held, () -> api.get(Kind.CLAIM, wanted.namespace(), wanted.name())));
  }

  private static void whole(String subject, Resource volume) {
    if (volume.leaving()) {
      throw new TargetFailed(subject, "somebody is deleting it, and the disk goes with it", REMEDY);
    }
    PrepareVolume.filled(subject, volume);
  }

  private static void held(String subject, Optional<Resource> claim) {
    if (claim.isEmpty()) {
      throw new TargetFailed(subject, "somebody deleted it, and with it the disk", REMEDY);
    }
    if (claim.get().leaving()) {
      throw new TargetFailed(
          subject, "somebody is deleting it; it goes with the disk when no pod uses it", REMEDY);
    }
    if (claim.get().text("status", "phase").equals("Lost")) {
      throw new TargetFailed(subject, "its PersistentVolume is gone, and with it the disk", REMEDY);
    }
  }
}
