package dev.drover.kube.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.drover.kube.standin.Certificates;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * In a pod: a process whose mount namespace has the service account's files where Kubernetes puts
 * them, and whose environment names the API server.
 */
@Tag("peer")
class InClusterTest {
  private static final String MOUNTED = "/run/secrets/kubernetes.io/serviceaccount";

  @TempDir Path folder;

  private final Certificates certificates = Certificates.make("api");
  private final List<String> came = new CopyOnWriteArrayList<>();
  private volatile String accepted = "first";
  private HttpsServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(certificates.server()));
    server.createContext("/", this::answer);
    server.start();
    Files.writeString(folder.resolve("token"), "first");
    Files.writeString(folder.resolve("ca.crt"), certificates.caPem());
    Files.writeString(folder.resolve("namespace"), "movers");
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String token = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
    came.add(exchange.getRequestURI() + " " + token);
    boolean known = token.equals("Bearer " + accepted);
    byte[] body =
        (known ? "{\"gitVersion\":\"v1.34.0\"}" : "{\"kind\":\"Status\",\"code\":401}")
            .getBytes(UTF_8);
    exchange.sendResponseHeaders(known ? 200 : 401, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Test
  void goesOnWithTheTokenThatTheKubeletHasRenewed() throws IOException {
    Process pod = pod();
    assertEquals("v1.34.0", pod.inputReader().readLine());
    assertEquals(List.of("/version Bearer first", "/version Bearer first"), came);
    Files.writeString(folder.resolve("token"), "second");
    accepted = "second";
    pod.outputWriter().write("\n");
    pod.outputWriter().flush();
    assertEquals("v1.34.0", pod.inputReader().readLine());
    assertEquals("/version Bearer second", came.get(came.size() - 1));
    pod.outputWriter().close();
    assertEquals(0, ended(pod));
  }

  @Test
  void trustsTheCaOfTheServiceAccountAlone() throws IOException {
    Files.writeString(folder.resolve("ca.crt"), Certificates.make("other").caPem());
    Process pod = pod();
    String said = new String(pod.getErrorStream().readAllBytes(), UTF_8);
    assertTrue(said.contains("not trusted"), said);
    assertEquals(List.of(), came);
    assertEquals(1, ended(pod));
  }

  private Process pod() throws IOException {
    List<String> command = new ArrayList<>();
    // A file system of its own on /run, which nobody else sees.
    command.addAll(
        inside(
            "mount -t tmpfs tmpfs /run && mkdir -p \"$1\" && mount --bind \"$0\" \"$1\" && shift"
                + " && exec \"$@\"",
            folder.toString(),
            MOUNTED));
    assumeTrue(works(), "no mount namespace can be made here (unshare -rm)");
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            InClusterProcess.class.getName(),
            folder.toString()));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(k -> k.startsWith("KUBE"));
    builder.environment().put("KUBERNETES_SERVICE_HOST", "127.0.0.1");
    builder
        .environment()
        .put("KUBERNETES_SERVICE_PORT", String.valueOf(server.getAddress().getPort()));
    return builder.start();
  }

  private static List<String> inside(String script, String... arguments) {
    List<String> command = new ArrayList<>(List.of("unshare", "-rm", "sh", "-c", script));
    command.addAll(List.of(arguments));
    return command;
  }

  private static boolean works() {
    try {
      Process probe = new ProcessBuilder(inside("mount -t tmpfs tmpfs /run", "probe")).start();
      return ended(probe) == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static int ended(Process process) {
    try {
      return process.waitFor(1, TimeUnit.MINUTES) ? process.exitValue() : -1;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return -1;
    }
  }
}
