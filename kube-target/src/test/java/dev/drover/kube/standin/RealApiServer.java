package dev.drover.kube.standin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * kube-apiserver's own code for custom resources over a real etcd: kube-apiserver and etcd of
 * {@code KUBEBUILDER_ASSETS} where that is set, else the server of {@code tests/apiserver}, built
 * with Go where its binary is not there yet, and Debian's etcd.
 */
public final class RealApiServer implements AutoCloseable {
  private static final int BUILD_MINUTES = 20;
  private static final int START_SECONDS = 60;

  /** The script's exit code where something is not there that it needs. */
  private static final int LACKS = 3;

  private final Path folder;
  private final List<Process> processes = new ArrayList<>();
  private final int port;
  private final String token = UUID.randomUUID().toString();

  private RealApiServer(Path folder, int port) {
    this.folder = folder;
    this.port = port;
  }

  /** Why it cannot run here; empty where it can. */
  public static Optional<String> missing() {
    if (assets().isPresent()) {
      return assets()
          .filter(a -> !hasServers(a))
          .map(a -> "KUBEBUILDER_ASSETS is " + a + ", where etcd or kube-apiserver is missing");
    }
    if (onPath("etcd").isEmpty()) {
      return Optional.of("etcd is not installed (Debian: etcd-server)");
    }
    return build();
  }

  /** Starts what {@link #missing} found to be there. */
  public static RealApiServer start() {
    try {
      RealApiServer server =
          new RealApiServer(Files.createTempDirectory("real-api-server"), freePort());
      try {
        server.launch();
        return server;
      } catch (IOException | RuntimeException e) {
        server.close();
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A kubeconfig of its one user. Its certificate is of its own making and not verified. */
  public Path kubeconfig() {
    return folder.resolve("kubeconfig");
  }

  /** What the processes said. */
  public String log() {
    try {
      return Files.readString(folder.resolve("log"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void launch() throws IOException {
    writeKubeconfig();
    int etcd = freePort();
    run(
        assets().map(a -> a.resolve("etcd")).orElseGet(() -> onPath("etcd").orElseThrow()),
        "--data-dir=" + folder.resolve("etcd"),
        "--listen-client-urls=http://127.0.0.1:" + etcd,
        "--advertise-client-urls=http://127.0.0.1:" + etcd,
        "--listen-peer-urls=http://127.0.0.1:" + freePort());
    if (assets().isPresent()) {
      launchKubeApiserver(assets().get(), etcd);
    } else {
      run(
          root().resolve("tests/target/apiserver"),
          "-etcd=http://127.0.0.1:" + etcd,
          "-port=" + port,
          "-cert-dir=" + folder.resolve("certificates"),
          "-kubeconfig=" + kubeconfig());
    }
  }

  private void launchKubeApiserver(Path assets, int etcd) throws IOException {
    Path key = folder.resolve("accounts.key");
    Files.writeString(key, ServiceAccountKey.pem());
    // kube-apiserver lets nobody in without a name, unlike the other.
    Path users = folder.resolve("users");
    Files.writeString(users, token + ",me,1,system:masters\n");
    run(
        assets.resolve("kube-apiserver"),
        "--etcd-servers=http://127.0.0.1:" + etcd,
        "--bind-address=127.0.0.1",
        "--secure-port=" + port,
        "--cert-dir=" + folder.resolve("certificates"),
        "--authorization-mode=RBAC",
        "--token-auth-file=" + users,
        "--disable-admission-plugins=ServiceAccount,NamespaceLifecycle",
        "--service-cluster-ip-range=10.0.0.0/24",
        "--service-account-issuer=https://127.0.0.1",
        "--service-account-key-file=" + key,
        "--service-account-signing-key-file=" + key);
  }

  private void writeKubeconfig() throws IOException {
    Files.writeString(
        kubeconfig(),
        """
        apiVersion: v1
        kind: Config
        current-context: real
        clusters:
        - name: real
          cluster: {server: "https://127.0.0.1:%d", insecure-skip-tls-verify: true}
        contexts:
        - name: real
          context: {cluster: real, user: me}
        users:
        - name: me
          user: {token: %s}
        """
            .formatted(port, token));
  }

  /** Builds the server where it is not there, by the script that {@code tests/run} begins with. */
  private static synchronized Optional<String> build() {
    Path script = root().resolve("tests/apiserver/build");
    try {
      Process process =
          new ProcessBuilder("nice", script.toString()).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!ended(process, BUILD_MINUTES)) {
        process.destroyForcibly();
        throw new IllegalStateException(script + " takes too long: " + said);
      }
      if (process.exitValue() == LACKS) {
        return Optional.of(said.strip());
      }
      if (process.exitValue() != 0) {
        throw new IllegalStateException(script + " failed: " + said);
      }
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void run(Path program, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of(arguments));
    processes.add(
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
            .start());
  }

  /** Whether all processes live; a test that waits for an answer gives up where not. */
  public boolean alive() {
    return processes.stream().allMatch(Process::isAlive);
  }

  /** Seconds after which a start has failed. */
  public static int startSeconds() {
    return START_SECONDS;
  }

  /** The project's root: the nearest folder upward with the server's source. */
  static Path root() {
    Path at = Path.of("").toAbsolutePath();
    while (at != null && !Files.exists(at.resolve("tests/apiserver/main.go"))) {
      at = at.getParent();
    }
    if (at == null) {
      throw new IllegalStateException("tests/apiserver is not above the working directory");
    }
    return at;
  }

  private static Optional<Path> assets() {
    return Optional.ofNullable(System.getenv("KUBEBUILDER_ASSETS"))
        .filter(s -> !s.isBlank())
        .map(Path::of);
  }

  private static boolean hasServers(Path assets) {
    return Files.isExecutable(assets.resolve("kube-apiserver"))
        && Files.isExecutable(assets.resolve("etcd"));
  }

  private static Optional<Path> onPath(String program) {
    for (String folder : System.getenv().getOrDefault("PATH", "").split(":")) {
      Path candidate = Path.of(folder, program);
      if (Files.isExecutable(candidate)) {
        return Optional.of(candidate);
      }
    }
    return Optional.empty();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static boolean ended(Process process, int minutes) {
    try {
      return process.waitFor(minutes, TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void close() {
    for (int i = processes.size() - 1; i >= 0; i--) {
      processes.get(i).destroy();
      if (!ended(processes.get(i), 1)) {
        processes.get(i).destroyForcibly();
      }
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
