package dev.drover.kube.cluster;

import dev.drover.mappings.failure.EnvironmentFailed;
import dev.drover.mappings.plan.TargetSpec;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads a Secret. Its values are in no message and no log. */
public final class ReadSecret {
  private ReadSecret() {}

  /**
   * The values by their keys, from the cluster of the kubeconfig's current context, or of the pod
   * that this runs in.
   *
   * @throws EnvironmentFailed when there is no such Secret, or a value is no text
   * @throws dev.drover.mappings.failure.TargetFailed when it may not be read
   */
  public static Map<String, String> read(String namespace, String name) {
    FindKubeconfig find = FindKubeconfig.here();
    try (Api api =
        new Connect(find, Connect.FIRST_PAUSE_MILLIS)
            .to(new TargetSpec.Kubernetes(null, null, null, List.of()), () -> false)) {
      return read(api, namespace, name);
    }
  }

  static Map<String, String> read(Api api, String namespace, String name) {
    String subject = "Secret " + namespace + "/" + name;
    Resource secret =
        ExplainRefusal.during(subject, () -> api.get(Kind.SECRET, namespace, name))
            .orElseThrow(
                () ->
                    new EnvironmentFailed(
                        subject,
                        "is not on the cluster",
                        "make it: kubectl -n "
                            + namespace
                            + " create secret generic "
                            + name
                            + " --from-literal=username=… --from-file=password=FILE"));
    Map<String, String> values = new HashMap<>();
    secret
        .map("data")
        .forEach((key, value) -> values.put(key, decoded(subject, key, String.valueOf(value))));
    return values;
  }

  private static String decoded(String subject, String key, String value) {
    try {
      return new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new EnvironmentFailed(subject, "its key " + key + " is no base64", "make it again");
    }
  }
}
