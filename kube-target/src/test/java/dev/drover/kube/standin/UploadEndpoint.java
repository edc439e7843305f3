package dev.drover.kube.standin;

import com.github.luben.zstd.ZstdInputStream;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.fabric8.kubernetes.api.model.Quantity;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** CDI's upload proxy and upload server in one, with TLS of its own. */
final class UploadEndpoint implements AutoCloseable {
  private static final int BLOCK = 64 * 1024;

  private final HttpsServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Store store;
  private final Faults faults;
  private final Tokens tokens;
  private final Controllers controllers;
  private final Path folder;
  private final Set<String> underWay = ConcurrentHashMap.newKeySet();
  private volatile long received;

  UploadEndpoint(
      Certificates certificates,
      Store store,
      Faults faults,
      Tokens tokens,
      Controllers controllers,
      Path folder)
      throws IOException {
    this.store = store;
    this.faults = faults;
    this.tokens = tokens;
    this.controllers = controllers;
    this.folder = folder;
    this.server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(certificates.server()));
    server.setExecutor(threads);
    // The longest path that fits is taken; both take the body alike.
    server.createContext("/v1beta1/upload-async", this::handleAsync);
    server.createContext("/v1beta1/upload", this::handle);
    server.start();
  }

  String url() {
    return "https://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Bytes of bodies that came over the line. */
  long received() {
    return received;
  }

  /** Where the bytes of a volume are. */
  Path file(String namespace, String name) {
    return folder.resolve(namespace + "_" + name + ".raw");
  }

  private void handleAsync(HttpExchange exchange) throws IOException {
    if (faults.lacksAsync()) {
      answer(exchange, 404, "404 page not found");
    } else {
      handle(exchange);
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    Optional<Faults.Said> fault = faults.forUpload(exchange.getRequestMethod());
    if (fault.isPresent()) {
      answer(exchange, fault.get().code(), fault.get().message());
      return;
    }
    String authorization = exchange.getRequestHeaders().getFirst("Authorization");
    if (authorization == null || !authorization.startsWith("Bearer ")) {
      answer(exchange, 400, "no token");
      return;
    }
    Optional<String> opens = tokens.opens(authorization.substring("Bearer ".length()));
    if (opens.isEmpty()) {
      answer(exchange, 401, "bad token");
      return;
    }
    String[] claim = opens.get().split("/");
    String path =
        Route.collection("cdi.kubevirt.io/v1beta1", claim[0], "datavolumes") + "/" + claim[1];
    String phase = store.get(path).map(v -> Json.text(v, "status", "phase")).orElse("");
    if (phase.equals("Succeeded")) {
      answer(exchange, 409, "done already");
    } else if (!phase.equals("UploadReady")) {
      answer(exchange, 503, "not ready");
    } else if (exchange.getRequestMethod().equals("HEAD")) {
      answer(exchange, 200, "");
    } else if (!underWay.add(path)) {
      answer(exchange, 503, "another upload is under way");
    } else {
      try {
        take(exchange, path, file(claim[0], claim[1]));
      } finally {
        underWay.remove(path);
      }
    }
  }

  private void take(HttpExchange exchange, String path, Path file) throws IOException {
    Map<String, Object> volume = store.get(path).orElseThrow();
    String asked = Json.text(volume, "spec", "storage", "resources", "requests", "storage");
    long room = Quantity.parse(asked).getNumericalAmount().longValueExact();
    Files.deleteIfExists(file);
    // A cut connection leaves the part that came, as it does in a real volume.
    InputStream body =
        new Counted(
            exchange.getRequestBody(),
            faults.reset(),
            faults.hold(Json.text(volume, "metadata", "name")));
    long size = store(new ZstdInputStream(body), file, room);
    if (size < 0) {
      answer(exchange, 400, "the volume is too small");
      return;
    }
    controllers.uploaded(path);
    answer(exchange, 200, "");
  }

  /** The size, or -1 where there is no room. Zeros are left as holes. */
  private static long store(InputStream disk, Path file, long room) throws IOException {
    byte[] block = new byte[BLOCK];
    byte[] zeros = new byte[BLOCK];
    long at = 0;
    try (FileChannel out =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      for (int n = disk.readNBytes(block, 0, BLOCK); n > 0; n = disk.readNBytes(block, 0, BLOCK)) {
        if (at + n > room) {
          return -1;
        }
        if (!Arrays.equals(block, 0, n, zeros, 0, n)) {
          out.write(ByteBuffer.wrap(block, 0, n), at);
        }
        at += n;
      }
      if (at > 0 && out.size() < at) {
        out.write(ByteBuffer.allocate(1), at - 1);
      }
    }
    return at;
  }

  private static void answer(HttpExchange exchange, int code, String text) throws IOException {
    boolean head = exchange.getRequestMethod().equals("HEAD");
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(code, head || body.length == 0 ? -1 : body.length);
    if (!head && body.length > 0) {
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  /** Counts, and cuts the connection where a test wants it: the server closes it on a failure. */
  private final class Counted extends FilterInputStream {
    private final OptionalLong cutAfter;
    private final Optional<Faults.Hold> hold;
    private long count;

    Counted(InputStream in, OptionalLong cutAfter, Optional<Faults.Hold> hold) {
      super(in);
      this.hold = hold;
      this.cutAfter = cutAfter;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      if (cutAfter.isPresent() && count >= cutAfter.getAsLong()) {
        throw new IOException("cut, as the test wants it");
      }
      if (hold.isPresent()) {
        hold.get().before(count);
      }
      int n = super.read(into, offset, length);
      count += Math.max(0, n);
      received += Math.max(0, n);
      return n;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }
  }
}
