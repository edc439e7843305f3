package dev.drover.mappings.plan;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the VMs go. */
public sealed interface TargetSpec {
  /**
   * Disks, manifests and evidence in a folder, for git, an air gap or a look.
   *
   * @param path the folder, relative to the working directory
   */
  record Directory(String path) implements TargetSpec {}

  /**
   * A cluster with KubeVirt and CDI.
   *
   * @param kubeconfig a path, or null for {@code KUBECONFIG}, {@code ~/.kube/config} or the service
   *     account inside a pod
   * @param context null for the current one
   * @param impersonateUser null for oneself
   */
  record Kubernetes(
      @Nullable String kubeconfig,
      @Nullable String context,
      @Nullable String impersonateUser,
      List<String> impersonateGroups)
      implements TargetSpec {
    public Kubernetes {
      impersonateGroups = List.copyOf(impersonateGroups);
    }
  }
}
