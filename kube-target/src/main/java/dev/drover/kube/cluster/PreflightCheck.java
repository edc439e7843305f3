package dev.drover.kube.cluster;

import dev.drover.mappings.model.Finding;
import dev.drover.mappings.target.TargetVm;
import java.util.List;

/** Looks for one kind of thing that a VM needs and the cluster lacks. Changes nothing. */
interface PreflightCheck {
  /** Empty when nothing is missing; throws {@link ApiRefused} where the cluster does not answer. */
  List<Finding> check(TargetVm vm);

  /** Says that a look was not allowed, so that what it would have found is not known. */
  static Finding hidden(Seen<?> seen, String what) {
    String permission = seen instanceof Seen.Hidden<?> hidden ? hidden.permission() : "";
    return Finding.warning(
        "K8S-011",
        "it cannot be told whether " + what + ": you are not allowed to " + permission,
        "ask an administrator of the cluster whether it is so, or to allow this user to "
            + permission);
  }
}
