package dev.drover.kube.cluster;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.net.ConnectException;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The verbs of the Kubernetes API, over fabric8's connection: it brings the kubeconfig's
 * credentials, TLS, impersonation, and its own retries of 429 and 5xx. Every method throws {@link
 * ApiRefused}. Safe for use by several threads.
 */
final class Api implements AutoCloseable {
  /** Who changes an object, as managedFields tell it. */
  static final String MANAGER = "drover";

  private static final String WRITE = "?fieldManager=" + MANAGER + "&fieldValidation=Strict";

  /** Objects in one answer of a list; large clusters have many VMs, and each is some 10 KiB. */
  private static final int PAGE = 250;

  /** No single answer takes longer than this; a server that hangs must not hang Drover. */
  private static final int ANSWER_SECONDS = 150;

  /** What a request is given once somebody asked to stop: work is tidied up after that. */
  private static final Duration LAST = Duration.ofSeconds(2);

  private final KubernetesClient client;
  private final BooleanSupplier stop;

  /**
   * @param stop whether somebody asked to stop
   */
  Api(KubernetesClient client, BooleanSupplier stop) {
    this.client = client;
    this.stop = stop;
  }

  /** The configuration that the connection was made of. */
  KubernetesClient client() {
    return client;
  }

  /** Empty where there is no such object, namespace or kind. */
  Optional<Resource> get(Kind kind, String namespace, String name) {
    try {
      return Optional.of(
          new Resource(
              send("GET", path(kind, namespace, name), null, "", asked("get", kind, namespace))));
    } catch (ApiRefused e) {
      if (e.code() == 404) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /**
   * All objects, page by page.
   *
   * @param namespace null for all of them
   * @param selector {@code key=value,…}, or empty; see {@link #listByField} for fields
   */
  List<Resource> list(Kind kind, @Nullable String namespace, String selector) {
    return listBy(kind, namespace, selector.isEmpty() ? "" : "&labelSelector=" + encoded(selector));
  }

  /** Objects whose fields have these values: {@code involvedObject.name=web-1-disk0}. */
  List<Resource> listByField(Kind kind, @Nullable String namespace, String selector) {
    return listBy(kind, namespace, "&fieldSelector=" + encoded(selector));
  }

  private List<Resource> listBy(Kind kind, @Nullable String namespace, String query) {
    List<Resource> all = new ArrayList<>();
    String next = "";
    do {
      String uri =
          kind.path(namespace)
              + "?limit="
              + PAGE
              + query
              + (next.isEmpty() ? "" : "&continue=" + encoded(next));
      Resource page = new Resource(send("GET", uri, null, "", asked("list", kind, namespace)));
      all.addAll(page.list("items"));
      next = page.text("metadata", "continue");
    } while (!next.isEmpty());
    return all;
  }

  /** Creates an object; fields that the cluster does not know are refused. */
  Resource create(Kind kind, String namespace, Map<String, Object> body) {
    return new Resource(
        send(
            "POST",
            kind.path(namespace) + WRITE,
            "application/json",
            json(body),
            asked("create", kind, namespace)));
  }

  /** Server-side apply, never by force; fields that the cluster does not know are refused. */
  Resource apply(Kind kind, String namespace, String name, Map<String, Object> body) {
    return new Resource(
        send(
            "PATCH",
            path(kind, namespace, name) + WRITE + "&force=false",
            "application/apply-patch+yaml",
            json(body),
            asked("patch", kind, namespace)));
  }

  /** Changes the named fields and no other. */
  Resource merge(Kind kind, String namespace, String name, Map<String, Object> patch) {
    return new Resource(
        send(
            "PATCH",
            path(kind, namespace, name) + WRITE,
            "application/merge-patch+json",
            json(patch),
            asked("patch", kind, namespace)));
  }

  /** Deletes this very object, not one that has taken its name since; false where it is gone. */
  boolean delete(Kind kind, Resource object) {
    Map<String, Object> options =
        Map.of(
            "apiVersion",
            "v1",
            "kind",
            "DeleteOptions",
            "propagationPolicy",
            "Background",
            "preconditions",
            Map.of("uid", object.uid()));
    try {
      send(
          "DELETE",
          path(kind, object.namespace(), object.name()),
          "application/json",
          json(options),
          asked("delete", kind, object.namespace()));
      return true;
    } catch (ApiRefused e) {
      if (e.code() == 404) {
        return false;
      }
      throw e;
    }
  }

  /** Whether the server has this group in this version. */
  boolean serves(String groupVersion) {
    try {
      send("GET", "/apis/" + groupVersion, null, "", "look up the API " + groupVersion);
      return true;
    } catch (ApiRefused e) {
      if (e.code() == 404) {
        return false;
      }
      throw e;
    }
  }

  /** Asks for the server's version, which every user may see. */
  Resource version() {
    return new Resource(send("GET", "/version", null, "", "get its version"));
  }

  /** Asks for KubeVirt's version, which every user of a cluster with KubeVirt may see. */
  Resource kubeVirtVersion() {
    return new Resource(
        send(
            "GET",
            "/apis/subresources.kubevirt.io/v1/version",
            null,
            "",
            "get version.subresources.kubevirt.io"));
  }

  private Map<String, Object> send(
      String method, String uri, @Nullable String type, String body, String asked) {
    HttpClient http = client.getHttpClient();
    HttpRequest request =
        http.newHttpRequestBuilder()
            .uri(base() + uri)
            .header("Accept", "application/json")
            .method(method, type, type == null ? null : body)
            .build();
    HttpResponse<String> answer;
    long begun = System.nanoTime();
    try {
      answer =
          Stoppable.get(
              http.sendAsync(request, String.class),
              Duration.ofSeconds(ANSWER_SECONDS),
              () -> stop.getAsBoolean() && System.nanoTime() - begun > LAST.toNanos());
    } catch (CancellationException e) {
      throw new ApiRefused(ApiRefused.NO_ANSWER, "", asked, String.valueOf(e.getMessage()), e);
    } catch (ExecutionException e) {
      throw new ApiRefused(ApiRefused.NO_ANSWER, "", asked, rootWords(e), e);
    } catch (java.util.concurrent.TimeoutException e) {
      throw new ApiRefused(
          ApiRefused.NO_ANSWER, "", asked, "none within " + ANSWER_SECONDS + " s", e);
    }
    if (answer.isSuccessful()) {
      return parsed(answer.body());
    }
    throw refused(answer, asked);
  }

  private ApiRefused refused(HttpResponse<String> answer, String asked) {
    Resource status;
    try {
      status = new Resource(parsed(answer.body()));
    } catch (RuntimeException notJson) {
      // A proxy in front of the API server answers in HTML, at length.
      String text = answer.body() == null ? "" : answer.body().strip();
      String words = text.length() > 200 ? text.substring(0, 200) + "…" : text;
      return new ApiRefused(answer.code(), "", asked, safe(words), null);
    }
    return new ApiRefused(
        answer.code(), status.text("reason"), asked, safe(status.text("message")), null);
  }

  private String safe(String words) {
    return HideSecrets.in(words, client.getConfiguration());
  }

  @SuppressWarnings("unchecked") // a JSON object has string keys
  private Map<String, Object> parsed(@Nullable String json) {
    if (json == null || json.isBlank()) {
      return Map.of();
    }
    return client.getKubernetesSerialization().unmarshal(json, Map.class);
  }

  private String json(Map<String, Object> body) {
    return client.getKubernetesSerialization().asJson(body);
  }

  private String base() {
    String url = client.getConfiguration().getMasterUrl();
    return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
  }

  private static String path(Kind kind, String namespace, String name) {
    return kind.path(namespace) + "/" + encoded(name);
  }

  private static String asked(String verb, Kind kind, @Nullable String namespace) {
    if (!kind.namespaced()) {
      return verb + " " + kind.resource();
    }
    return verb
        + " "
        + kind.resource()
        + (namespace == null ? " in all namespaces" : " in namespace \"" + namespace + "\"");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** The innermost words: fabric8 and the JDK wrap them several times, and some have none. */
  private static String rootWords(Throwable failure) {
    String words = "";
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof ConnectException) {
        return "connection refused, or not possible";
      }
      if (t instanceof UnresolvedAddressException || t instanceof UnknownHostException) {
        return "the host name is not known here";
      }
      if (!(t instanceof ExecutionException)) {
        words = t.getMessage() == null ? t.getClass().getSimpleName() : t.getMessage();
      }
    }
    return words;
  }

  @Override
  public void close() {
    client.close();
  }
}
