package dev.drover.importers.vsphere;

import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The tagging part of vCenter's REST API: below {@code /api} since 7.0 U2, below {@code /rest} on
 * older ones, where every answer is inside a {@code value}.
 */
final class RestClient implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RestClient.class);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Session session;
  private final boolean old;
  private final String token;

  private RestClient(Session session, boolean old, String token) {
    this.session = session;
    this.old = old;
    this.token = token;
  }

  private record Answer(int status, JsonNode json) {}

  static RestClient login(Session session) throws IOException {
    String pair = session.credentials().username() + ":" + session.credentials().password();
    String basic =
        "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    for (boolean old : new boolean[] {false, true}) {
      HttpRequest.Builder post =
          request(session, old ? "/rest/com/vmware/cis/session" : "/api/session")
              .header("Authorization", basic)
              .POST(HttpRequest.BodyPublishers.noBody());
      Answer answer = send(session, post);
      JsonNode token = old ? answer.json().path("value") : answer.json();
      if (answer.status() / 100 == 2 && token.isString()) {
        return new RestClient(session, old, token.asString());
      } else if (old || answer.status() != 404) {
        throw new IOException("the REST API refuses the login: HTTP status " + answer.status());
      }
    }
    throw new IOException("there is no REST API");
  }

  private static HttpRequest.Builder request(Session session, String path) {
    return HttpRequest.newBuilder(session.address().at(path)).header("Accept", "application/json");
  }

  private static Answer send(Session session, HttpRequest.Builder request) throws IOException {
    return session
        .transport()
        .exchange(
            request,
            (head, body) -> {
              byte[] bytes = body.readAllBytes();
              try {
                return new Answer(
                    head.statusCode(), bytes.length == 0 ? JSON.nullNode() : JSON.readTree(bytes));
              } catch (JacksonException e) {
                return new Answer(head.statusCode(), JSON.nullNode());
              }
            });
  }

  private String root() {
    return old ? "/rest/com/vmware/cis/tagging" : "/api/cis/tagging";
  }

  /** A list or an object. */
  JsonNode get(String path) throws IOException {
    return ask(request(session, root() + path).GET(), path);
  }

  /** An object by its id. */
  JsonNode one(String path, String id) throws IOException {
    String encoded = URLEncoder.encode(id, StandardCharsets.UTF_8);
    return get(path + (old ? "/id:" : "/") + encoded);
  }

  /** Of each tag what it is on: {@code [{tag_id, object_ids: [{id, type}]}]}. */
  JsonNode attached(List<String> tags) throws IOException {
    String action = old ? "~action" : "action";
    String path = "/tag-association?" + action + "=list-attached-objects-on-tags";
    HttpRequest.Builder post =
        request(session, root() + path)
            .header("Content-Type", "application/json")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    JSON.writeValueAsString(Map.of("tag_ids", tags))));
    return ask(post, path);
  }

  private JsonNode ask(HttpRequest.Builder request, String path) throws IOException {
    Answer answer = send(session, request.header("vmware-api-session-id", token));
    if (answer.status() != 200) {
      throw new IOException(
          "the REST API answers " + path + " with HTTP status " + answer.status());
    }
    return old ? answer.json().path("value") : answer.json();
  }

  @Override
  public void close() {
    @Nullable String path = old ? "/rest/com/vmware/cis/session" : "/api/session";
    try {
      send(session, request(session, path).header("vmware-api-session-id", token).DELETE());
    } catch (IOException e) {
      LOG.debug("ending the REST session: {}", e.getMessage());
    }
  }
}
