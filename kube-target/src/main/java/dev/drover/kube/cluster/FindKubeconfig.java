package dev.drover.kube.cluster;

import dev.drover.mappings.failure.EnvironmentFailed;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the kubeconfig in the order in which kubectl does: the one that the plan names, those of
 * {@code KUBECONFIG}, {@code ~/.kube/config}, and at last the service account of the pod that this
 * is.
 */
final class FindKubeconfig {
  /** Where Kubernetes mounts a pod's token. */
  private static final Path IN_CLUSTER_TOKEN =
      Path.of("/var/run/secrets/kubernetes.io/serviceaccount/token");

  private final Map<String, String> environment;
  private final Path home;

  FindKubeconfig(Map<String, String> environment, Path home) {
    this.environment = environment;
    this.home = home;
  }

  /** Of this process; HOME is the home folder, as it is for kubectl. */
  static FindKubeconfig here() {
    String home = System.getenv().getOrDefault("HOME", "");
    return new FindKubeconfig(
        System.getenv(), Path.of(home.isBlank() ? System.getProperty("user.home", "/") : home));
  }

  /**
   * The files, first one first; empty where the pod's service account serves.
   *
   * @param named by the plan, or null; {@code ~/} is the home folder
   * @throws EnvironmentFailed when there is nothing to connect with
   */
  List<Path> find(@Nullable String named) {
    if (named != null) {
      Path file = named.startsWith("~/") ? home.resolve(named.substring(2)) : Path.of(named);
      if (!Files.isReadable(file) || !Files.isRegularFile(file)) {
        throw new EnvironmentFailed(
            "kubeconfig " + file,
            Files.exists(file) ? "is not a file that can be read" : "there is no such file",
            "correct \"kubeconfig\" under \"target\" in the plan, or leave it out for KUBECONFIG");
      }
      return List.of(file);
    }
    String variable = environment.getOrDefault("KUBECONFIG", "");
    if (!variable.isBlank()) {
      return fromVariable(variable);
    }
    Path usual = home.resolve(".kube").resolve("config");
    if (Files.isReadable(usual) && Files.isRegularFile(usual)) {
      return List.of(usual);
    }
    if (environment.containsKey("KUBERNETES_SERVICE_HOST") && Files.isReadable(IN_CLUSTER_TOKEN)) {
      return List.of();
    }
    throw new EnvironmentFailed(
        "kubeconfig",
        "there is none: the plan names no file, KUBECONFIG is not set, "
            + usual
            + " cannot be read, and this is no pod of a cluster",
        "name one in the plan (target: kubernetes: kubeconfig: PATH), or set KUBECONFIG");
  }

  /** Like kubectl, files that are missing are left out as long as one is there. */
  private static List<Path> fromVariable(String variable) {
    List<Path> files =
        Arrays.stream(variable.split(File.pathSeparator))
            .filter(s -> !s.isBlank())
            .map(Path::of)
            .filter(Files::isReadable)
            .toList();
    if (files.isEmpty()) {
      throw new EnvironmentFailed(
          "kubeconfig " + variable,
          "KUBECONFIG names no file that can be read",
          "correct the variable, or name the file in the plan (target: kubernetes: kubeconfig)");
    }
    for (Path file : files) {
      if (!Files.isRegularFile(file)) {
        throw new EnvironmentFailed(
            "kubeconfig " + file,
            "is no regular file, and a pipe can be read only once, which is too little",
            "write it to a file, and name that in KUBECONFIG");
      }
    }
    return files;
  }
}
