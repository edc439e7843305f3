package dev.drover.kube.cluster;

import dev.drover.mappings.plan.TargetSpec;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * A process that connects as a pod does: says the server's version, and again for each line that it
 * reads.
 */
final class InClusterProcess {
  private InClusterProcess() {}

  public static void main(String[] home) throws IOException {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try (Api api =
        new Connect(new FindKubeconfig(System.getenv(), Path.of(home[0])), 5)
            .to(new TargetSpec.Kubernetes(null, null, null, List.of()), () -> false)) {
      do {
        System.out.println(api.version().text("gitVersion"));
      } while (lines.readLine() != null);
    }
  }
}
