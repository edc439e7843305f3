package dev.drover.kube.standin;

import io.fabric8.mockwebserver.MockWebServer;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A cluster with KubeVirt and CDI on two ports of loopback: an API server (plain HTTP), and an
 * upload proxy (TLS, its CA in ConfigMap {@code cdi/cdi-uploadproxy-signer-bundle}). It begins with
 * the namespaces {@code default}, {@code web} and {@code cdi}, the storage classes {@code fast}
 * (default) and {@code local} (WaitForFirstConsumer) with their StorageProfiles, and two nodes of
 * 16 CPUs and 64 GiB.
 *
 * <p>A VirtualMachine with the annotation {@code stand-in/status} gets that as its status when it
 * is started, instead of {@code Running}.
 */
public final class StandInCluster implements AutoCloseable {
  private final Store store = new Store();
  private final Faults faults = new Faults();
  private final Tokens tokens = new Tokens();
  private final Controllers controllers = new Controllers(store, faults);
  private final ApiFront front = new ApiFront(store, faults, tokens, controllers::written);
  private final MockWebServer server = new MockWebServer();
  private final Path folder;
  private final UploadEndpoint uploads;

  private StandInCluster() throws IOException {
    folder = Files.createTempDirectory("stand-in-cluster");
    Certificates certificates = Certificates.make("cdi-uploadproxy");
    uploads = new UploadEndpoint(certificates, store, faults, tokens, controllers, folder);
    server.setHttp2ClearTextEnabled(false);
    server.setDispatcher(front);
    server.start(InetAddress.getLoopbackAddress(), 0);
    new Seed(store).plant(uploads.url(), certificates.caPem());
  }

  /** A new one, empty but for what every cluster has. */
  public static StandInCluster start() {
    try {
      return new StandInCluster();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Writes a kubeconfig with one context, {@code stand-in}; returns the file. */
  public Path kubeconfig(Path file) {
    return kubeconfig(file, ApiFront.TOKEN);
  }

  /** The same with another token; only the right one is let in. */
  public Path kubeconfig(Path file, String token) {
    String text =
        """
        apiVersion: v1
        kind: Config
        current-context: stand-in
        clusters:
        - name: stand-in
          cluster:
            server: %s
        contexts:
        - name: stand-in
          context: {cluster: stand-in, user: drover, namespace: default}
        users:
        - name: drover
          user: {token: %s}
        """
            .formatted(url(), token);
    try {
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** The API server's. */
  public String url() {
    return "http://127.0.0.1:" + server.getPort();
  }

  /** The bytes that a DataVolume holds, or held until it was deleted; there or not. */
  public Path uploaded(String namespace, String dataVolume) {
    return uploads.file(namespace, dataVolume);
  }

  /** All objects, also those that it began with. */
  public List<Map<String, Object>> objects() {
    return store.all();
  }

  /** Names of a kind's objects in a namespace: {@code datavolumes}, {@code virtualmachines}. */
  public List<String> names(String groupVersion, String namespace, String plural) {
    return store.list(Route.collection(groupVersion, namespace, plural)).stream()
        .map(o -> Json.text(o, "metadata", "name"))
        .sorted()
        .toList();
  }

  /** One object. */
  public Optional<Map<String, Object>> object(
      String groupVersion, String namespace, String plural, String name) {
    return store.get(Route.collection(groupVersion, namespace, plural) + "/" + name);
  }

  /** Puts an object there, as somebody else would. */
  public void put(String plural, Map<String, Object> object) {
    String namespace =
        ApiFront.clusterWide(plural) ? "" : Json.text(object, "metadata", "namespace");
    String collection = Route.collection(Json.text(object, "apiVersion"), namespace, plural);
    store.delete(collection + "/" + Json.text(object, "metadata", "name"));
    store.create(collection, object);
  }

  /** Changes an object, as somebody else would; controllers do not see it. */
  public void merge(
      String groupVersion,
      String namespace,
      String plural,
      String name,
      Map<String, Object> patch) {
    store.merge(Route.collection(groupVersion, namespace, plural) + "/" + name, patch);
  }

  /** Takes an object away, as somebody else would. */
  public void remove(String groupVersion, String namespace, String plural, String name) {
    store.delete(Route.collection(groupVersion, namespace, plural) + "/" + name);
  }

  /** Has CDI look again at a volume that was held. */
  public void wake(String namespace, String dataVolume) {
    controllers.written(
        Route.of(
            Route.collection("cdi.kubevirt.io/v1beta1", namespace, "datavolumes")
                + "/"
                + dataVolume));
  }

  /** From now on a cluster without that API group: {@code cdi.kubevirt.io}. */
  public void withoutGroup(String group) {
    front.withoutGroup(group);
  }

  /** What goes wrong. */
  public Faults fault() {
    return faults;
  }

  /** Requests to the API server, {@code METHOD path[ as USER]}. */
  public List<String> requests() {
    return List.copyOf(front.requests());
  }

  /** How many upload tokens were asked for. */
  public int tokens() {
    return tokens.count();
  }

  /** Bytes of upload bodies that came over the line. */
  public long received() {
    return uploads.received();
  }

  @Override
  public void close() {
    uploads.close();
    controllers.close();
    server.shutdown();
    if (!Files.exists(folder)) {
      return; // closed before
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
