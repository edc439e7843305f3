package dev.drover.converters.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A web server of the JDK's own, honest and otherwise. */
@Timeout(20)
final class HttpDiskTest {
  private static final int SIZE = 5_000_192;

  private final byte[] disk = new byte[SIZE];
  private final HttpServer server;
  private volatile String etag = "\"one\"";
  private volatile How how = How.HONEST;

  private enum How {
    HONEST,
    NO_RANGES,
    OTHER_RANGE,
    TOO_LITTLE,
    TOO_MUCH,
    HANGS,
    FORBIDDEN
  }

  HttpDiskTest() throws IOException {
    new Random(1).nextBytes(disk);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 5);
    server.setExecutor(
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task);
              thread.setDaemon(true);
              return thread;
            }));
    server.createContext("/disk", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String range = exchange.getRequestHeaders().getFirst("Range").substring(6);
    int from = Integer.parseInt(range.substring(0, range.indexOf('-')));
    int to = Integer.parseInt(range.substring(range.indexOf('-') + 1)) + 1;
    String expected = exchange.getRequestHeaders().getFirst("If-Range");
    exchange.getResponseHeaders().set("ETag", etag);
    if (how == How.FORBIDDEN
        || !"secret".equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
      exchange.sendResponseHeaders(403, -1);
    } else if (how == How.NO_RANGES || (expected != null && !expected.equals(etag))) {
      exchange.sendResponseHeaders(200, SIZE);
      exchange.getResponseBody().write(disk);
    } else {
      send(exchange, from, to);
    }
    exchange.close();
  }

  private void send(HttpExchange exchange, int from, int to) throws IOException {
    int begin = how == How.OTHER_RANGE ? from + 1 : from;
    exchange
        .getResponseHeaders()
        .set("Content-Range", "bytes " + begin + "-" + (to - 1) + "/" + SIZE);
    int length = to - from;
    if (how == How.TOO_LITTLE) {
      length--;
    } else if (how == How.TOO_MUCH) {
      length += 100_000;
    } else if (how == How.HANGS) {
      exchange.sendResponseHeaders(206, length);
      try {
        Thread.sleep(10_000);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return;
    }
    exchange.sendResponseHeaders(206, length);
    exchange.getResponseBody().write(Arrays.copyOfRange(disk, from, from + length));
  }

  private HttpDisk open() throws IOException {
    URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/disk");
    return HttpDisk.open(
        HttpClient.newHttpClient(), uri, Map.of("Authorization", "secret"), Duration.ofSeconds(2));
  }

  @Test
  void readsRangesAnywhere() throws IOException {
    try (HttpDisk http = open()) {
      assertEquals(SIZE, http.size());
      assertEquals("\"one\"", http.validator());
      Random random = new Random(3);
      for (int i = 0; i < 20; i++) {
        int at = random.nextInt(SIZE);
        int n = 1 + random.nextInt(Math.min(SIZE - at, 1 << 20));
        ByteBuffer into = ByteBuffer.allocate(n);
        http.read(at, into);
        assertEquals(-1, Arrays.mismatch(disk, at, at + n, into.array(), 0, n));
      }
    }
  }

  @Test
  void noticesAFileThatWasReplaced() throws IOException {
    try (HttpDisk http = open()) {
      etag = "\"two\"";
      IOException failure =
          assertThrows(IOException.class, () -> http.read(0, ByteBuffer.allocate(10)));
      assertTrue(failure.toString().contains("replaced"), failure.toString());
    }
  }

  @Test
  void takesNothingElseThanItAskedFor() throws IOException {
    for (How odd : How.values()) {
      how = How.HONEST;
      try (HttpDisk http = open()) {
        how = odd;
        if (odd != How.HONEST) {
          IOException failure =
              assertThrows(
                  IOException.class,
                  () -> http.read(1000, ByteBuffer.allocate(100_000)),
                  odd.toString());
          assertTrue(!failure.toString().contains("secret"), failure.toString());
        }
      }
    }
    how = How.NO_RANGES;
    assertTrue(assertThrows(IOException.class, this::open).toString().contains("no ranges"));
  }
}
