package dev.drover.kube.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.kube.standin.StandInCluster;
import dev.drover.mappings.failure.EnvironmentFailed;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadSecretTest {
  @TempDir Path folder;

  private static String coded(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Map<String, Object> secret(Map<String, Object> data) {
    return Map.of(
        "apiVersion",
        "v1",
        "kind",
        "Secret",
        "metadata",
        Map.of("name", "login", "namespace", "ops"),
        "data",
        data);
  }

  @Test
  void readsTheValuesOfASecret() {
    try (StandInCluster cluster = StandInCluster.start();
        Api api = Fixture.connect(cluster.kubeconfig(folder.resolve("config")))) {
      cluster.put(
          "secrets",
          secret(Map.of("username", coded("mover"), "password", coded("gehe\u00fcber"))));
      assertEquals(
          Map.of("username", "mover", "password", "gehe\u00fcber"),
          ReadSecret.read(api, "ops", "login"));
    }
  }

  @Test
  void tellsASecretThatIsNotThereOrNoBase64() {
    try (StandInCluster cluster = StandInCluster.start();
        Api api = Fixture.connect(cluster.kubeconfig(folder.resolve("config")))) {
      EnvironmentFailed failed =
          assertThrows(EnvironmentFailed.class, () -> ReadSecret.read(api, "ops", "login"));
      assertEquals("Secret ops/login", failed.subject());
      assertTrue(failed.remedy().contains("kubectl -n ops create secret"), failed.remedy());
      cluster.put("secrets", secret(Map.of("password", "hunter2!")));
      failed = assertThrows(EnvironmentFailed.class, () -> ReadSecret.read(api, "ops", "login"));
      assertFalse(failed.toString().contains("hunter2"), failed.toString());
    }
  }
}
