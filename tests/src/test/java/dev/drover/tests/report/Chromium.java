package dev.drover.tests.report;

import dev.drover.tests.fixture.Programs;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Debian's Chromium without a window, with one page, over its DevTools protocol
 * (https://chromedevtools.github.io/devtools-protocol/). What the page complains of is kept. Used
 * by one thread.
 */
final class Chromium implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Process process;
  private final WebSocket socket;
  private final Map<Integer, CompletableFuture<JsonNode>> waiting;
  private final List<String> complaints;
  private int calls;
  private @Nullable String session;

  private Chromium(
      Process process,
      WebSocket socket,
      Map<Integer, CompletableFuture<JsonNode>> waiting,
      List<String> complaints) {
    this.process = process;
    this.socket = socket;
    this.waiting = waiting;
    this.complaints = complaints;
  }

  /** Skips the test where there is none. */
  static Chromium start(Path folder) throws IOException, InterruptedException {
    Programs.need("chromium");
    List<String> command =
        new ArrayList<>(
            List.of(
                "chromium",
                "--headless=new",
                "--remote-debugging-port=0",
                "--user-data-dir=" + folder.resolve("profile"),
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-extensions",
                "about:blank"));
    if ("root".equals(System.getProperty("user.name"))) {
      command.add(1, "--no-sandbox"); // it has none for root; the page is our own
    }
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("chromium.log").toFile())
            .start();
    URI address = address(process, folder);
    Map<Integer, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
    List<String> complaints = Collections.synchronizedList(new ArrayList<>());
    WebSocket socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .buildAsync(address, new Ear(waiting, complaints))
            .join();
    Chromium chromium = new Chromium(process, socket, waiting, complaints);
    chromium.openPage();
    return chromium;
  }

  private static URI address(Process process, Path folder)
      throws IOException, InterruptedException {
    Path file = folder.resolve("profile").resolve("DevToolsActivePort");
    Instant end = Instant.now().plus(PATIENCE);
    while (Instant.now().isBefore(end) && process.isAlive()) {
      if (Files.exists(file)) {
        List<String> lines = Files.readAllLines(file);
        if (lines.size() == 2) {
          return URI.create("ws://127.0.0.1:" + lines.get(0) + lines.get(1));
        }
      }
      Thread.sleep(50);
    }
    process.destroyForcibly();
    throw new AssertionError(
        "chromium did not start:\n" + Files.readString(folder.resolve("chromium.log")));
  }

  private void openPage() {
    String target =
        call("Target.createTarget", Map.of("url", "about:blank")).path("targetId").asString();
    session =
        call("Target.attachToTarget", Map.of("targetId", target, "flatten", true))
            .path("sessionId")
            .asString();
    call("Page.enable", Map.of());
    call("Runtime.enable", Map.of());
    call("Log.enable", Map.of());
    call("Network.enable", Map.of());
  }

  /** Calls a method; its result. */
  JsonNode call(String method, Map<String, ?> parameters) {
    int id = ++calls;
    ObjectNode message = JSON.createObjectNode();
    message.put("id", id);
    message.put("method", method);
    message.set("params", JSON.valueToTree(parameters));
    if (session != null) {
      message.put("sessionId", session);
    }
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    waiting.put(id, answer);
    socket.sendText(JSON.writeValueAsString(message), true).join();
    JsonNode whole = await(method, answer);
    if (whole.has("error")) {
      throw new AssertionError(method + ": " + whole.path("error"));
    }
    return whole.path("result");
  }

  private static JsonNode await(String method, CompletableFuture<JsonNode> answer) {
    try {
      return answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new AssertionError(method + " has no answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Runs JavaScript, waits for its promise; its value. */
  JsonNode run(String script) {
    JsonNode result =
        call(
            "Runtime.evaluate",
            Map.of("expression", script, "awaitPromise", true, "returnByValue", true));
    if (result.has("exceptionDetails")) {
      throw new AssertionError(script + "\n" + result.path("exceptionDetails"));
    }
    return result.path("result").path("value");
  }

  /** Opens a file and waits until its table is there. */
  void open(Path page) {
    complaints.clear();
    call("Page.navigate", Map.of("url", page.toUri().toString()));
    Instant end = Instant.now().plus(PATIENCE);
    while (!"ready".equals(run("document.documentElement?.dataset.table || ''").asString(""))) {
      if (Instant.now().isAfter(end)) {
        throw new AssertionError("the table does not come: " + complaints);
      }
      run("new Promise(done => setTimeout(done, 50))");
    }
  }

  /** Sets the size of the window, and its colours. */
  void look(int width, int height, String scheme) {
    call(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 700));
    call(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
  }

  /** A picture of what is in sight. */
  byte[] picture() {
    return Base64.getDecoder()
        .decode(call("Page.captureScreenshot", Map.of("format", "png")).path("data").asString());
  }

  /** Errors of the console and of scripts, and whatever was asked of a network. */
  List<String> complaints() {
    return List.copyOf(complaints);
  }

  @Override
  public void close() throws InterruptedException {
    // Asked to close, it ends its helpers, which otherwise still write into the folder.
    List<ProcessHandle> helpers = process.descendants().toList();
    session = null;
    socket.sendText("{\"id\": 0, \"method\": \"Browser.close\"}", true);
    if (!process.waitFor(10, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
    for (ProcessHandle helper : helpers) {
      helper.destroy();
      helper.onExit().join();
    }
    socket.abort();
  }

  /** Puts the pieces of messages together. */
  private static final class Ear implements WebSocket.Listener {
    private final Map<Integer, CompletableFuture<JsonNode>> waiting;
    private final List<String> complaints;
    private final StringBuilder message = new StringBuilder();

    Ear(Map<Integer, CompletableFuture<JsonNode>> waiting, List<String> complaints) {
      this.waiting = waiting;
      this.complaints = complaints;
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
      message.append(text);
      if (last) {
        hear(JSON.readTree(message.toString()));
        message.setLength(0);
      }
      from.request(1);
      return null;
    }

    private void hear(JsonNode heard) {
      CompletableFuture<JsonNode> call =
          heard.has("id") ? waiting.remove(heard.path("id").asInt()) : null;
      if (call != null) {
        call.complete(heard);
        return;
      }
      JsonNode about = heard.path("params");
      switch (heard.path("method").asString("")) {
        case "Runtime.exceptionThrown" -> complaints.add(about.path("exceptionDetails").toString());
        case "Log.entryAdded" -> {
          if (!"verbose".equals(about.path("entry").path("level").asString(""))) {
            complaints.add(about.path("entry").path("text").asString(""));
          }
        }
        case "Runtime.consoleAPICalled" -> {
          if (List.of("error", "warning", "assert").contains(about.path("type").asString(""))) {
            complaints.add(about.path("args").toString());
          }
        }
        case "Network.requestWillBeSent" -> {
          String url = about.path("request").path("url").asString("");
          if (!url.startsWith("file:") && !url.startsWith("data:") && !url.equals("about:blank")) {
            complaints.add("asked for " + url);
          }
        }
        default -> {
          // Nothing else is of interest.
        }
      }
    }
  }
}
