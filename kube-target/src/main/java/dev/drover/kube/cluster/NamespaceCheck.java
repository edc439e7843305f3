package dev.drover.kube.cluster;

import dev.drover.mappings.model.Finding;
import dev.drover.mappings.target.TargetVm;
import java.util.List;
import java.util.Optional;

/** The namespace is there, and stays. */
final class NamespaceCheck implements PreflightCheck {
  private final ClusterFacts facts;

  NamespaceCheck(ClusterFacts facts) {
    this.facts = facts;
  }

  @Override
  public List<Finding> check(TargetVm vm) {
    String name = vm.namespace();
    Seen<Optional<Resource>> seen = facts.object(Kind.NAMESPACE, "", name);
    Optional<Optional<Resource>> answer = seen.answer();
    if (answer.isEmpty()) {
      return List.of(PreflightCheck.hidden(seen, "namespace \"" + name + "\" exists"));
    }
    if (answer.get().isEmpty()) {
      return List.of(
          Finding.blocker(
              "K8S-020",
              "there is no namespace \"" + name + "\"",
              "write one that is there in the plan (kubectl get namespaces), or have it made: kubectl"
                  + " create namespace "
                  + name));
    }
    if (answer.get().get().leaving()) {
      return List.of(
          Finding.blocker(
              "K8S-021",
              "namespace \"" + name + "\" is being deleted",
              "wait until it is gone and create it again, or name another one in the plan"));
    }
    return List.of();
  }
}
