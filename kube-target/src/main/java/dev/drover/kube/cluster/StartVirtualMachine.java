package dev.drover.kube.cluster;

import dev.drover.kube.manifest.Manifest;
import dev.drover.mappings.failure.TargetFailed;
import java.util.Map;

/** Gives the VirtualMachine the run strategy that the plan wants for it. */
final class StartVirtualMachine {
  private final Api api;

  StartVirtualMachine(Api api) {
    this.api = api;
  }

  void start(Manifest wanted) {
    String subject = ApplyVirtualMachine.subject(wanted);
    String strategy = new Resource(wanted.body()).text("spec", "runStrategy");
    ExplainRefusal.during(
        subject,
        () -> {
          Resource machine =
              api.get(Kind.VIRTUAL_MACHINE, wanted.namespace(), wanted.name())
                  .orElseThrow(
                      () ->
                          new TargetFailed(
                              subject,
                              "it is not there to be started",
                              "run \"drover rollback\" for this VM and move it again"));
          if (!Ownership.isOurs(machine, wanted)) {
            throw Ownership.taken(subject, machine);
          }
          if (machine.text("spec", "runStrategy").equals(strategy)) {
            return machine;
          }
          // The UID makes it fail for a machine that took the name a moment ago.
          return api.merge(
              Kind.VIRTUAL_MACHINE,
              wanted.namespace(),
              wanted.name(),
              Map.of(
                  "metadata",
                  Map.of("uid", machine.uid()),
                  "spec",
                  Map.of("runStrategy", strategy)));
        });
  }
}
