package dev.drover.kube.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.drover.kube.standin.Certificates;
import dev.drover.kube.standin.StandInCluster;
import dev.drover.mappings.failure.EnvironmentFailed;
import dev.drover.mappings.failure.Retry;
import dev.drover.mappings.plan.TargetSpec;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubeconfigTest {
  @TempDir Path folder;

  private EnvironmentFailed refused(@Nullable String kubeconfig, @Nullable String context) {
    return refused(Map.of(), kubeconfig, context);
  }

  private EnvironmentFailed refused(
      Map<String, String> environment, @Nullable String kubeconfig, @Nullable String context) {
    return assertThrows(
        EnvironmentFailed.class, () -> connect(environment, kubeconfig, context).close());
  }

  private Api connect(
      Map<String, String> environment, @Nullable String kubeconfig, @Nullable String context) {
    return new Connect(new FindKubeconfig(environment, folder), 5)
        .to(new TargetSpec.Kubernetes(kubeconfig, context, null, List.of()), () -> false);
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("config.yaml"), text);
  }

  private static String config(String server, String more, String user) {
    return """
    apiVersion: v1
    kind: Config
    current-context: here
    clusters:
    - name: one
      cluster: {server: "%s"%s}
    contexts:
    - name: here
      context: {cluster: one, user: me}
    - name: elsewhere
      context: {cluster: two, user: me}
    users:
    - name: me
      user: %s
    """
        .formatted(server, more, user);
  }

  @Test
  void aMissingFileIsNamed() {
    Path missing = folder.resolve("nowhere");
    EnvironmentFailed failed = refused(missing.toString(), null);
    assertTrue(failed.subject().contains(missing.toString()), failed.subject());
    assertTrue(failed.what().contains("no such file"), failed.what());
  }

  @Test
  void aFolderIsNoFile() {
    assertTrue(refused(folder.toString(), null).what().contains("not a file"));
  }

  @Test
  void withNothingToConnectWithAllPlacesAreNamed() {
    EnvironmentFailed failed = refused(null, null);
    assertTrue(failed.what().contains(folder.resolve(".kube/config").toString()), failed.what());
    assertTrue(failed.what().contains("KUBECONFIG"), failed.what());
  }

  @Test
  void aVariableThatNamesNoFileIsQuoted() {
    EnvironmentFailed failed =
        refused(Map.of("KUBECONFIG", folder + "/a:" + folder + "/b"), null, null);
    assertTrue(failed.subject().contains(folder + "/a"), failed.subject());
  }

  /** Nobody writes to it: to open it would be to wait for ever. */
  @Test
  void aPipeIsRefusedAndNotWaitedFor() throws Exception {
    Path pipe = folder.resolve("pipe");
    assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
    assertTrue(refused(pipe.toString(), null).what().contains("not a file"));
    EnvironmentFailed failed = refused(Map.of("KUBECONFIG", pipe.toString()), null, null);
    assertTrue(failed.what().contains("no regular file"), failed.what());
  }

  @Test
  void aFileThatIsNoYamlIsNotQuoted() throws IOException {
    EnvironmentFailed failed = refused(file("token: s3cret: {{{").toString(), null);
    assertTrue(failed.what().contains("not the YAML"), failed.what());
    assertFalse(failed.toString().contains("s3cret"), failed.toString());
  }

  @Test
  void anUnknownContextListsThoseThatExist() throws IOException {
    EnvironmentFailed failed =
        refused(file(config("https://127.0.0.1:1", "", "{token: t}")).toString(), "prod");
    assertTrue(failed.what().contains("\"prod\""), failed.what());
    assertTrue(failed.what().contains("elsewhere, here"), failed.what());
  }

  @Test
  void aFileWithoutACurrentContextListsThoseThatExist() throws IOException {
    String text = config("https://127.0.0.1:1", "", "{token: t}");
    EnvironmentFailed failed =
        refused(file(text.replace("current-context: here\n", "")).toString(), null);
    assertTrue(failed.what().contains("no current context"), failed.what());
    assertTrue(failed.what().contains("elsewhere, here"), failed.what());
  }

  @Test
  void aContextWithoutAServerNamesItsCluster() throws IOException {
    EnvironmentFailed failed =
        refused(file(config("https://127.0.0.1:1", "", "{token: t}")).toString(), "elsewhere");
    assertTrue(failed.what().contains("no cluster with a server"), failed.what());
    assertTrue(failed.remedy().contains("\"two\""), failed.remedy());
  }

  @Test
  void aServerThatIsNotThereIsNamedAndWorthARetry() throws IOException {
    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }
    EnvironmentFailed failed =
        refused(file(config("http://127.0.0.1:" + free, "", "{token: t}")).toString(), null);
    assertEquals(Retry.WORTHWHILE, failed.retry());
    assertTrue(failed.subject().contains("127.0.0.1:" + free), failed.subject());
    assertTrue(failed.what().contains("connection refused"), failed.what());
  }

  @Test
  void aTokenThatIsNotAcceptedSaysToLogIn() {
    try (StandInCluster cluster = StandInCluster.start()) {
      Path file = cluster.kubeconfig(folder.resolve("config"), "wrong");
      EnvironmentFailed failed = refused(file.toString(), null);
      assertTrue(failed.what().contains("401"), failed.what());
      assertFalse(failed.toString().contains("wrong"), failed.toString());
    }
  }

  @Test
  void aServerThatRepeatsTheTokenDoesNotMakeDroverTellIt() throws IOException {
    HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String told = "bad token " + exchange.getRequestHeaders().getFirst("Authorization");
          byte[] answer = ("{\"kind\":\"Status\",\"message\":\"" + told + "\"}").getBytes(UTF_8);
          exchange.sendResponseHeaders(401, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
    try {
      String url = "http://127.0.0.1:" + server.getAddress().getPort();
      EnvironmentFailed failed = refused(file(config(url, "", "{token: s3cret}")).toString(), null);
      assertTrue(failed.what().contains("bad token"), failed.what());
      for (Throwable t = failed; t != null; t = t.getCause()) {
        assertFalse(t.toString().contains("s3cret"), t.toString());
      }
    } finally {
      server.stop(0);
    }
  }

  @Test
  void anAddressOrACertificateThatIsNoneIsAMistakeOfTheKubeconfig() throws IOException {
    String address = config("::badurl", "", "{token: t}");
    assertTrue(refused(file(address).toString(), null).what().contains("kubeconfig"));
    String certificate =
        config(
            "https://127.0.0.1:1",
            "",
            "{client-certificate-data: notbase64, client-key-data: notbase64}");
    assertTrue(refused(file(certificate).toString(), null).what().contains("kubeconfig"));
  }

  @Test
  void theVariableAndTheHomeFolderAreFound() throws IOException {
    try (StandInCluster cluster = StandInCluster.start()) {
      Files.createDirectory(folder.resolve(".kube"));
      Path usual = cluster.kubeconfig(folder.resolve(".kube/config"));
      connect(Map.of(), null, null).close();
      Path other = Files.move(usual, folder.resolve("other"));
      connect(Map.of("KUBECONFIG", folder + "/missing:" + other), null, "stand-in").close();
      connect(Map.of(), "~/other", null).close();
      assertEquals(
          3, cluster.requests().stream().filter(r -> r.startsWith("GET /version")).count());
    }
  }

  @Test
  void impersonationGoesWithEveryRequest() {
    try (StandInCluster cluster = StandInCluster.start()) {
      Path file = cluster.kubeconfig(folder.resolve("config"));
      new Connect(new FindKubeconfig(Map.of(), folder), 5)
          .to(
              new TargetSpec.Kubernetes(file.toString(), null, "migration-bot", List.of("movers")),
              () -> false)
          .close();
      assertEquals(List.of("GET /version as migration-bot"), cluster.requests());
    }
  }

  @Test
  void aProgramThatGivesNoCredentialsIsNamed() throws IOException {
    String user =
        "{exec: {apiVersion: client.authentication.k8s.io/v1, command: drover-no-such-program,"
            + " interactiveMode: Never}}";
    EnvironmentFailed failed =
        refused(file(config("http://127.0.0.1:1", "", user)).toString(), null);
    assertTrue(failed.toString().contains("drover-no-such-program"), failed.toString());
  }

  @Test
  void aCertificateIsVerifiedAgainstTheCaOfTheKubeconfig() throws IOException {
    Certificates own = Certificates.make("api");
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(own.server()));
    server.createContext(
        "/version",
        exchange -> {
          byte[] body = "{\"gitVersion\":\"v1.34.0\"}".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    try {
      String url = "https://127.0.0.1:" + server.getAddress().getPort();
      String trusted = ", certificate-authority-data: " + base64(own.caPem());
      connect(Map.of(), file(config(url, trusted, "{token: t}")).toString(), null).close();
      String foreign =
          ", certificate-authority-data: " + base64(Certificates.make("other").caPem());
      EnvironmentFailed failed = refused(file(config(url, foreign, "{token: t}")).toString(), null);
      assertEquals(Retry.POINTLESS, failed.retry());
      assertTrue(failed.what().contains("not trusted"), failed.what());
      assertTrue(failed.remedy().contains("certificate-authority-data"), failed.remedy());
      String insecure = ", insecure-skip-tls-verify: true";
      connect(Map.of(), file(config(url, insecure, "{token: t}")).toString(), null).close();
    } finally {
      server.stop(0);
    }
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
  }
}
