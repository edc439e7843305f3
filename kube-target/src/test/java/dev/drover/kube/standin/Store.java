package dev.drover.kube.standin;

import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.mockwebserver.dsl.HttpMethod;
import io.fabric8.mockwebserver.http.Buffer;
import io.fabric8.mockwebserver.http.Headers;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The objects, in fabric8's mock server in CRUD mode. Safe for use by several threads. */
final class Store {
  private final KubernetesCrudDispatcher crud = new KubernetesCrudDispatcher();

  /** By the object's own path. */
  synchronized Optional<Map<String, Object>> get(String path) {
    MockResponse answer = send(HttpMethod.GET, path, "");
    return answer.code() == 200 ? Optional.of(tree(answer)) : Optional.empty();
  }

  /** By the path of the collection. */
  synchronized List<Map<String, Object>> list(String path) {
    return Json.list(tree(send(HttpMethod.GET, path, "")), "items");
  }

  /** Creates it with a UID and a version. */
  synchronized Map<String, Object> create(String collection, Map<String, Object> object) {
    MockResponse answer = send(HttpMethod.POST, collection, Json.write(object));
    if (answer.code() >= 300) {
      throw new IllegalStateException(collection + ": " + answer.getBody().readUtf8());
    }
    // The mock keeps no status of an object that is created.
    Map<String, Object> created = tree(answer);
    return object.containsKey("status")
        ? put(
            collection + "/" + Json.text(created, "metadata", "name"),
            Json.merged(created, Map.of("status", object.get("status"))))
        : created;
  }

  /** Replaces it, its status included. */
  synchronized Map<String, Object> put(String path, Map<String, Object> object) {
    tree(send(HttpMethod.PUT, path, Json.write(object)));
    if (object.containsKey("status")) {
      send(HttpMethod.PUT, path + "/status", Json.write(object));
    }
    return get(path).orElseThrow();
  }

  /** Merges into what is there; nothing happens where nothing is. */
  synchronized Optional<Map<String, Object>> merge(String path, Map<String, Object> patch) {
    return get(path).map(old -> put(path, Json.merged(old, patch)));
  }

  synchronized boolean delete(String path) {
    return send(HttpMethod.DELETE, path, "").code() < 300;
  }

  /** Everything, by path. */
  synchronized List<Map<String, Object>> all() {
    return crud.getMap().values().stream().map(Json::read).toList();
  }

  private MockResponse send(HttpMethod method, String path, String body) {
    Headers headers = Headers.builder().add("Content-Type", "application/json").build();
    return crud.dispatch(
        new RecordedRequest("HTTP/1.1", method, path, headers, new Buffer().writeUtf8(body)));
  }

  private static Map<String, Object> tree(MockResponse answer) {
    return answer.getBody() == null ? Map.of() : Json.read(answer.getBody().readUtf8());
  }
}
