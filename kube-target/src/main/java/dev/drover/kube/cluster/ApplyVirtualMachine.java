package dev.drover.kube.cluster;

import dev.drover.kube.manifest.Manifest;
import dev.drover.mappings.failure.TargetFailed;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Creates the VirtualMachine, not started; finds and corrects its own earlier work. */
final class ApplyVirtualMachine {
  private static final String NOT_STARTED = "Halted";

  private final Api api;

  ApplyVirtualMachine(Api api) {
    this.api = api;
  }

  /** The machine as the cluster has it. */
  Resource apply(Manifest wanted) {
    String subject = subject(wanted);
    return ExplainRefusal.during(
        subject,
        () -> {
          Optional<Resource> found =
              api.get(Kind.VIRTUAL_MACHINE, wanted.namespace(), wanted.name());
          if (found.isPresent() && !Ownership.isOurs(found.get(), wanted)) {
            throw Ownership.taken(subject, found.get());
          }
          if (found.isPresent() && found.get().leaving()) {
            throw new TargetFailed(
                subject,
                "it is being deleted",
                "wait until it is gone, then run \"drover resume\"",
                dev.drover.mappings.failure.Retry.WORTHWHILE,
                null);
          }
          return api.apply(
              Kind.VIRTUAL_MACHINE,
              wanted.namespace(),
              wanted.name(),
              withStrategy(wanted, strategyOf(found)));
        });
  }

  static String subject(Manifest wanted) {
    return "VirtualMachine " + wanted.namespace() + "/" + wanted.name();
  }

  /** A machine that was started since is not stopped again by a second look. */
  private static String strategyOf(Optional<Resource> found) {
    return found
        .map(f -> f.text("spec", "runStrategy"))
        .filter(s -> !s.isEmpty())
        .orElse(NOT_STARTED);
  }

  private static Map<String, Object> withStrategy(Manifest wanted, String strategy) {
    Map<String, Object> body = new LinkedHashMap<>(wanted.body());
    Map<String, Object> spec = new LinkedHashMap<>(new Resource(wanted.body()).map("spec"));
    spec.put("runStrategy", strategy);
    body.put("spec", spec);
    return body;
  }
}
