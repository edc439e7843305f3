package dev.drover.kube.standin;

import io.fabric8.mockwebserver.http.Dispatcher;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** The API server: who may what, the verbs, and what fabric8's CRUD mode does not play. */
final class ApiFront extends Dispatcher {
  /** The one user's token. */
  static final String TOKEN = "stand-in-token";

  private static final List<String> CLUSTER_WIDE =
      List.of("namespaces", "nodes", "storageclasses", "storageprofiles", "cdiconfigs");

  private final Store store;
  private final Faults faults;
  private final Tokens tokens;
  private final Set<String> absent = ConcurrentHashMap.newKeySet();
  private final List<String> requests = new CopyOnWriteArrayList<>();

  /** Told the path of each object that was written. */
  private final Consumer<Route> written;

  ApiFront(Store store, Faults faults, Tokens tokens, Consumer<Route> written) {
    this.store = store;
    this.faults = faults;
    this.tokens = tokens;
    this.written = written;
  }

  /** {@code METHOD path as USER}, in the order in which they came. */
  List<String> requests() {
    return requests;
  }

  void withoutGroup(String group) {
    absent.add(group);
  }

  @Override
  public MockResponse dispatch(RecordedRequest request) {
    String user = request.getHeader("Impersonate-User");
    requests.add(
        request.getMethod() + " " + request.getPath() + (user == null ? "" : " as " + user));
    try {
      return answer(request);
    } catch (RuntimeException e) {
      return status(500, "InternalError", "the stand-in failed: " + e);
    }
  }

  private MockResponse answer(RecordedRequest request) {
    Optional<Faults.Said> fault = faults.forApi(request.getMethod(), request.getPath());
    if (fault.isPresent()) {
      return status(fault.get().code(), "", fault.get().message());
    }
    if (!("Bearer " + TOKEN).equals(request.getHeader("Authorization"))) {
      return status(401, "Unauthorized", "Unauthorized");
    }
    if (request.getPath().equals("/version")) {
      return json(200, Map.of("major", "1", "minor", "34", "gitVersion", "v1.34.0-standin"));
    }
    Route route = Route.of(request.getPath());
    if (absent.contains(route.group())) {
      return status(404, "NotFound", "the server could not find the requested resource");
    }
    if (route.plural().isEmpty()) {
      return json(200, Map.of("kind", "APIResourceList", "groupVersion", route.groupVersion()));
    }
    if (route.plural().equals("selfsubjectaccessreviews")) {
      return review(Json.read(request.getUtf8Body()));
    }
    String verb = verb(request.getMethod(), route);
    if (faults.forbids(verb, route.plural())) {
      return status(
          403,
          "Forbidden",
          route.plural() + " is forbidden: User \"drover\" cannot " + verb + " it");
    }
    return act(verb, request, route);
  }

  private MockResponse act(String verb, RecordedRequest request, Route route) {
    switch (verb) {
      case "get":
        return store.get(route.path()).map(o -> json(200, o)).orElseGet(() -> missing(route));
      case "list":
        return ListAnswer.of(store.list(route.collectionPath()), route);
      case "create":
        return create(route, Json.read(request.getUtf8Body()));
      case "patch":
        return patch(request, route);
      case "delete":
        return delete(route, Json.read(request.getUtf8Body()));
      default:
        return status(405, "MethodNotAllowed", "the stand-in does not play " + verb);
    }
  }

  private MockResponse create(Route route, Map<String, Object> body) {
    String name = Json.text(body, "metadata", "name");
    if (noNamespace(route)) {
      return status(404, "NotFound", "namespaces \"" + route.namespace() + "\" not found");
    }
    if (route.plural().equals("uploadtokenrequests")) {
      return token(route, body);
    }
    if (store.get(route.collectionPath() + "/" + name).isPresent()) {
      return status(409, "AlreadyExists", route.plural() + " \"" + name + "\" already exists");
    }
    Map<String, Object> created = store.create(route.collectionPath(), body);
    written.accept(Route.of(route.collectionPath() + "/" + name));
    return json(201, created);
  }

  private MockResponse patch(RecordedRequest request, Route route) {
    String type = String.valueOf(request.getHeader("Content-Type"));
    Map<String, Object> body = Json.read(request.getUtf8Body());
    boolean apply = type.startsWith("application/apply-patch");
    if (apply && !route.query().containsKey("fieldManager")) {
      return status(400, "BadRequest", "fieldManager is required for apply patch");
    }
    Optional<Map<String, Object>> old = store.get(route.path());
    if (old.isEmpty()) {
      return apply ? create(route, body) : missing(route);
    }
    String uid = Json.text(body, "metadata", "uid");
    if (!uid.isEmpty() && !uid.equals(Json.text(old.get(), "metadata", "uid"))) {
      return status(409, "Conflict", "Precondition failed: UID in precondition");
    }
    Map<String, Object> merged = store.merge(route.path(), body).orElseThrow();
    written.accept(route);
    return json(200, merged);
  }

  private MockResponse delete(Route route, Map<String, Object> options) {
    Optional<Map<String, Object>> old = store.get(route.path());
    if (old.isEmpty()) {
      return missing(route);
    }
    String uid = Json.text(options, "preconditions", "uid");
    if (!uid.isEmpty() && !uid.equals(Json.text(old.get(), "metadata", "uid"))) {
      return status(409, "Conflict", "Precondition failed: UID in precondition");
    }
    store.delete(route.path());
    if (route.plural().equals("datavolumes")) {
      store.delete(
          Route.collection("v1", route.namespace(), "persistentvolumeclaims") + "/" + route.name());
    }
    return json(200, Map.of("kind", "Status", "status", "Success"));
  }

  private MockResponse token(Route route, Map<String, Object> body) {
    String claim = Json.text(body, "spec", "pvcName");
    Map<String, Object> answer = new LinkedHashMap<>(body);
    answer.put("status", Map.of("token", tokens.issue(route.namespace(), claim)));
    return json(201, answer);
  }

  private MockResponse review(Map<String, Object> body) {
    Map<String, Object> asked = Json.object(Json.at(body, "spec", "resourceAttributes"));
    boolean allowed = !faults.forbids(Json.text(asked, "verb"), Json.text(asked, "resource"));
    Map<String, Object> answer = new LinkedHashMap<>(body);
    answer.put("status", Map.of("allowed", allowed));
    return json(201, answer);
  }

  private boolean noNamespace(Route route) {
    return !route.namespace().isEmpty()
        && store.get("/api/v1/namespaces/" + route.namespace()).isEmpty();
  }

  private static String verb(String method, Route route) {
    switch (method) {
      case "GET":
        return route.name().isEmpty() ? "list" : "get";
      case "POST":
        return "create";
      default:
        return method.toLowerCase(java.util.Locale.ROOT);
    }
  }

  private static MockResponse missing(Route route) {
    return status(404, "NotFound", route.plural() + " \"" + route.name() + "\" not found");
  }

  static MockResponse json(int code, Map<String, Object> body) {
    return new MockResponse()
        .setResponseCode(code)
        .setHeader("Content-Type", "application/json")
        .setBody(Json.write(body));
  }

  static MockResponse status(int code, String reason, String message) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("kind", "Status");
    body.put("apiVersion", "v1");
    body.put("status", "Failure");
    body.put("reason", reason);
    body.put("message", message);
    body.put("code", code);
    return json(code, body);
  }

  /** Whether objects of a kind live outside of namespaces. */
  static boolean clusterWide(String plural) {
    return CLUSTER_WIDE.contains(plural) || plural.startsWith("virtualmachinecluster");
  }
}
