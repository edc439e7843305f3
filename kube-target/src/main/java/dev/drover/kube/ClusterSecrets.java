package dev.drover.kube;

import dev.drover.kube.cluster.ReadSecret;
import java.util.Map;

/** Secrets of the cluster that Drover works with. */
public final class ClusterSecrets {
  private ClusterSecrets() {}

  /**
   * The values of a Secret by their keys; see {@link ReadSecret#read(String, String)}.
   *
   * @throws dev.drover.mappings.failure.Failure when it is not there or may not be read
   */
  public static Map<String, String> read(String namespace, String name) {
    return ReadSecret.read(namespace, name);
  }
}
