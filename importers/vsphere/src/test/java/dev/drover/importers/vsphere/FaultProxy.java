package dev.drover.importers.vsphere;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Stands before a simulator, hands everything on, and goes wrong where a test says so. */
final class FaultProxy implements AutoCloseable {
  static {
    // Else each answer waits 40 ms for an acknowledgement of its head.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private static final Pattern METHOD = Pattern.compile("<soapenv:Body><([A-Za-z_]+)");

  /**
   * A request.
   *
   * @param method the API's ({@code Login}), or the HTTP method where it is none
   */
  record Call(String method, String path, String range, String body) {}

  /** What happens to a request instead of being handed on. */
  @FunctionalInterface
  interface Trouble {
    void happen(HttpExchange exchange, Pass pass) throws IOException;
  }

  /** Hands a request on after all, and gives the answer. */
  @FunctionalInterface
  interface Pass {
    HttpResponse<byte[]> on() throws IOException;
  }

  private record Rule(Predicate<Call> when, int[] left, Trouble trouble) {
    synchronized boolean applies(Call call) {
      if (left[0] == 0 || !when.test(call)) {
        return false;
      }
      left[0]--;
      return true;
    }
  }

  private final URI behind;
  private final HttpServer server;
  private final HttpClient client = HttpClient.newHttpClient();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Rule> rules = new CopyOnWriteArrayList<>();
  private final List<Call> calls = new CopyOnWriteArrayList<>();

  FaultProxy(URI behind) throws IOException {
    this.behind = behind;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  URI sdk() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/sdk");
  }

  /** All requests so far. */
  List<Call> calls() {
    return calls;
  }

  long count(String method) {
    return calls.stream().filter(call -> call.method().equals(method)).count();
  }

  /** From now on, the next {@code times} requests that fit. */
  void when(Predicate<Call> fits, int times, Trouble trouble) {
    rules.add(new Rule(fits, new int[] {times}, trouble));
  }

  /** The next request of the method, whatever was said of it before. */
  void first(String method, Trouble trouble) {
    rules.add(0, new Rule(call -> call.method().equals(method), new int[] {1}, trouble));
  }

  void when(String method, int times, Trouble trouble) {
    when(call -> call.method().equals(method), times, trouble);
  }

  /** The answer's text is changed on its way. */
  static Trouble changing(UnaryOperator<String> change) {
    return (exchange, pass) -> {
      HttpResponse<byte[]> answer = pass.on();
      String text = new String(answer.body(), StandardCharsets.UTF_8);
      answer(exchange, answer.statusCode(), change.apply(text));
    };
  }

  static Trouble answering(int status, String text) {
    return (exchange, pass) -> answer(exchange, status, text);
  }

  static Trouble faulting(String type, String inside) {
    return answering(
        500,
        "<?xml version=\"1.0\"?><e:Envelope xmlns:e=\"http://schemas.xmlsoap.org/soap/envelope/\""
            + " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><e:Body><e:Fault>"
            + "<faultcode>ServerFaultCode</faultcode><faultstring>made by the test</faultstring>"
            + "<detail><F xmlns=\"urn:vim25\" xsi:type=\""
            + type
            + "\">"
            + inside
            + "</F></detail></e:Fault></e:Body></e:Envelope>");
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "text/xml; charset=utf-8");
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  /** The connection ends after so many bytes of the answer. */
  static Trouble cutting(int after) {
    return (exchange, pass) -> {
      HttpResponse<byte[]> answer = pass.on();
      copyHeaders(answer, exchange);
      exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
      OutputStream out = exchange.getResponseBody();
      out.write(answer.body(), 0, Math.min(after, answer.body().length));
      out.flush();
      throw new IOException("cut by the test");
    };
  }

  private void handle(HttpExchange exchange) {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      Call call = call(exchange, body);
      calls.add(call);
      for (Rule rule : rules) {
        if (rule.applies(call)) {
          rule.trouble().happen(exchange, () -> pass(exchange, body));
          return;
        }
      }
      HttpResponse<byte[]> answer = pass(exchange, body);
      copyHeaders(answer, exchange);
      exchange.sendResponseHeaders(
          answer.statusCode(), answer.body().length == 0 ? -1 : answer.body().length);
      exchange.getResponseBody().write(answer.body());
    } catch (IOException e) {
      // The client sees a connection that ends.
    }
  }

  private static Call call(HttpExchange exchange, byte[] body) {
    String text = new String(body, StandardCharsets.UTF_8);
    Matcher method = METHOD.matcher(text);
    String range = exchange.getRequestHeaders().getFirst("Range");
    return new Call(
        method.find() ? method.group(1) : exchange.getRequestMethod(),
        exchange.getRequestURI().toString(),
        range == null ? "" : range,
        text);
  }

  private static void copyHeaders(HttpResponse<byte[]> answer, HttpExchange exchange) {
    for (String name : List.of("Set-Cookie", "Content-Type", "Content-Range", "Last-Modified")) {
      answer
          .headers()
          .allValues(name)
          .forEach(value -> exchange.getResponseHeaders().add(name, value));
    }
  }

  private HttpResponse<byte[]> pass(HttpExchange exchange, byte[] body) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(behind.resolve(exchange.getRequestURI().toString()))
            .method(
                exchange.getRequestMethod(),
                body.length == 0
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofByteArray(body));
    for (String name :
        List.of(
            "Cookie",
            "SOAPAction",
            "Content-Type",
            "Authorization",
            "vmware-api-session-id",
            "Range",
            "Accept")) {
      String value = exchange.getRequestHeaders().getFirst(name);
      if (value != null) {
        request.header(name, value);
      }
    }
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
