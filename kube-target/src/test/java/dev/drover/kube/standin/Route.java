package dev.drover.kube.standin;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A path of the Kubernetes API, taken apart.
 *
 * @param groupVersion {@code v1}, {@code kubevirt.io/v1}
 * @param namespace empty where there is none
 * @param plural empty for a group itself
 * @param name empty for a collection
 */
record Route(
    String groupVersion, String namespace, String plural, String name, Map<String, String> query) {
  /** Where a collection of the group is. */
  static String collection(String groupVersion, String namespace, String plural) {
    return (groupVersion.contains("/") ? "/apis/" : "/api/")
        + groupVersion
        + (namespace.isEmpty() ? "" : "/namespaces/" + namespace)
        + "/"
        + plural;
  }

  static Route of(String uri) {
    int mark = uri.indexOf('?');
    String path = mark < 0 ? uri : uri.substring(0, mark);
    List<String> parts = List.of(path.substring(1).split("/"));
    int at = parts.get(0).equals("apis") ? 3 : 2;
    String group =
        parts.size() < at ? path.substring(path.indexOf('/', 1) + 1) : join(parts, 1, at);
    String namespace = "";
    if (parts.size() > at + 2 && parts.get(at).equals("namespaces")) {
      namespace = parts.get(at + 1);
      at += 2;
    }
    return new Route(
        group,
        namespace,
        parts.size() > at ? parts.get(at) : "",
        parts.size() > at + 1 ? parts.get(at + 1) : "",
        mark < 0 ? Map.of() : query(uri.substring(mark + 1)));
  }

  private static String join(List<String> parts, int from, int to) {
    return String.join("/", parts.subList(from, to));
  }

  private static Map<String, String> query(String text) {
    Map<String, String> all = new HashMap<>();
    for (String pair : text.split("&")) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        all.put(
            pair.substring(0, equals),
            URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
      }
    }
    return all;
  }

  String collectionPath() {
    return collection(groupVersion, namespace, plural);
  }

  String path() {
    return collectionPath() + "/" + name;
  }

  String group() {
    int slash = groupVersion.indexOf('/');
    return slash < 0 ? "" : groupVersion.substring(0, slash);
  }
}
