package dev.drover.importers.vsphere.simulator;

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
public final class FaultProxy implements AutoCloseable {
  static {
    // Else each answer waits 40 ms for an acknowledgement of its head.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  /** As often as it happens. */
  public static final int ALWAYS = Integer.MAX_VALUE;

  private static final String[] HANDED_ON =
      "Cookie SOAPAction Content-Type Authorization vmware-api-session-id Range Accept".split(" ");
  private static final Pattern METHOD = Pattern.compile("<soapenv:Body><([A-Za-z_]+)");

  /**
   * A request.
   *
   * @param method the API's ({@code Login}), or the HTTP method where it is none
   * @param range of the header of that name, or empty
   */
  public record Call(String method, String path, String range, String body) {
    /** Whether it asks for the bytes of a datastore's file. */
    public boolean isFileRead() {
      return method.equals("GET") && path.startsWith("/folder/");
    }

    /** Whether it asks for what an inventory, a copy and a snapshot's disks are read from. */
    public boolean isHardware() {
      return method.equals("RetrievePropertiesEx") && body.contains("config.hardware");
    }
  }

  /** What happens to a request instead of being handed on. */
  @FunctionalInterface
  public interface Trouble {
    /** An exception breaks the connection. */
    void happen(HttpExchange exchange, Pass pass) throws IOException;
  }

  /** Hands a request on after all, and gives the answer. */
  @FunctionalInterface
  public interface Pass {
    /** Whatever its status. */
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

  /** Before the server at that address. */
  public FaultProxy(URI behind) throws IOException {
    this.behind = behind;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  /** Its own address of the API. */
  public URI sdk() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/sdk");
  }

  /** All requests so far. */
  public List<Call> calls() {
    return calls;
  }

  /** How many of a method came so far. */
  public long count(String method) {
    return calls.stream().filter(call -> call.method().equals(method)).count();
  }

  /** From now on, the next {@code times} requests that fit. */
  public void when(Predicate<Call> fits, int times, Trouble trouble) {
    rules.add(new Rule(fits, new int[] {times}, trouble));
  }

  /** The next requests that fit, whatever was said of them before. */
  public void first(Predicate<Call> fits, int times, Trouble trouble) {
    rules.add(0, new Rule(fits, new int[] {times}, trouble));
  }

  /** The next request of the method, whatever was said of it before. */
  public void first(String method, Trouble trouble) {
    first(call -> call.method().equals(method), 1, trouble);
  }

  /** The next {@code times} requests of the method. */
  public void when(String method, int times, Trouble trouble) {
    when(call -> call.method().equals(method), times, trouble);
  }

  /**
   * From now on every host of the simulator is called so, and found there: {@code 127.0.0.1:8989}.
   */
  public void callsHosts(String name) {
    when(
        call -> call.body().contains("<pathSet>name</pathSet>"),
        ALWAYS,
        changing(text -> text.replaceAll(">DC[01]_C?[0-9]?_?H[0-9]<", ">" + name + "<")));
  }

  /** The answer's text is changed on its way. */
  public static Trouble changing(UnaryOperator<String> change) {
    return (exchange, pass) -> {
      HttpResponse<byte[]> answer = pass.on();
      String text = new String(answer.body(), StandardCharsets.UTF_8);
      answer(exchange, answer.statusCode(), change.apply(text));
    };
  }

  /** An answer without asking who is behind. */
  public static Trouble answering(int status, String text) {
    return (exchange, pass) -> answer(exchange, status, text);
  }

  /** The API's answer to a method. */
  public static Trouble returning(String method, String inside) {
    return answering(
        200,
        "<Envelope xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><Body><"
            + method
            + "Response>"
            + inside
            + "</"
            + method
            + "Response></Body></Envelope>");
  }

  /** The API refuses it. */
  public static Trouble faulting(String type, String inside) {
    return faulting(type, "made by the test", inside);
  }

  /** The API refuses it, and says that. */
  public static Trouble faulting(String type, String says, String inside) {
    return answering(
        500,
        "<?xml version=\"1.0\"?><e:Envelope xmlns:e=\"http://schemas.xmlsoap.org/soap/envelope/\""
            + " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><e:Body><e:Fault>"
            + "<faultcode>ServerFaultCode</faultcode><faultstring>"
            + says
            + "</faultstring><detail><F xmlns=\"urn:vim25\" xsi:type=\""
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
  public static Trouble cutting(int after) {
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

  /** The answer comes byte by byte, with a pause before each. */
  public static Trouble dripping(long millis) {
    return (exchange, pass) -> {
      HttpResponse<byte[]> answer = pass.on();
      copyHeaders(answer, exchange);
      exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
      drip(exchange.getResponseBody(), answer.body(), millis);
    };
  }

  /** Byte by byte, with a pause before each. */
  public static void drip(OutputStream out, byte[] bytes, long millis) throws IOException {
    for (byte each : bytes) {
      pause(millis);
      out.write(each);
      out.flush();
    }
  }

  private static void pause(long millis) throws IOException {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
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
      hand(exchange, pass(exchange, body));
    } catch (IOException e) {
      // The client sees a connection that ends.
    }
  }

  /** Gives an answer as it came. */
  public static void hand(HttpExchange exchange, HttpResponse<byte[]> answer) throws IOException {
    copyHeaders(answer, exchange);
    exchange.sendResponseHeaders(
        answer.statusCode(), answer.body().length == 0 ? -1 : answer.body().length);
    exchange.getResponseBody().write(answer.body());
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
    for (String name : HANDED_ON) {
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
