package dev.drover.kube.cluster;

import dev.drover.kube.MigrationTarget.Health;
import dev.drover.kube.manifest.Manifest;
import dev.drover.mappings.failure.TargetFailed;
import java.util.Set;

/** Looks whether the VirtualMachine is what the plan wants it to be. */
final class ObserveVirtualMachine {
  /**
   * What no waiting mends, of {@code status.printableStatus}; from KubeVirt's api/core/v1/types.go.
   */
  private static final Set<String> HOPELESS =
      Set.of(
          "CrashLoopBackOff",
          "ErrorUnschedulable",
          "ErrImagePull",
          "ImagePullBackOff",
          "ErrorPvcNotFound",
          "DataVolumeError");

  private final Api api;

  ObserveVirtualMachine(Api api) {
    this.api = api;
  }

  /**
   * How it is.
   *
   * @throws TargetFailed with the cluster's reason, where it will not get there by itself
   */
  Health observe(Manifest wanted, boolean running) {
    String subject = ApplyVirtualMachine.subject(wanted);
    Resource machine =
        ExplainRefusal.during(
                subject, () -> api.get(Kind.VIRTUAL_MACHINE, wanted.namespace(), wanted.name()))
            .orElseThrow(
                () ->
                    new TargetFailed(
                        subject,
                        "somebody deleted it",
                        "run \"drover rollback\" for this VM and move it again"));
    String status = machine.text("status", "printableStatus");
    if (HOPELESS.contains(status)) {
      throw new TargetFailed(
          subject,
          "does not get ready: " + status + reason(machine),
          "see: kubectl describe vm,vmi -n " + wanted.namespace() + " " + wanted.name());
    }
    if (!running) {
      return status.equals("Stopped") ? Health.READY : Health.WAITING;
    }
    return machine.condition("Ready").text("status").equals("True") ? Health.READY : Health.WAITING;
  }

  private static String reason(Resource machine) {
    StringBuilder text = new StringBuilder();
    for (Resource condition : machine.list("status", "conditions")) {
      String message = condition.text("message");
      if (!message.isEmpty()) {
        text.append("; ").append(condition.text("type")).append(": ").append(message);
      }
    }
    return text.toString();
  }
}
