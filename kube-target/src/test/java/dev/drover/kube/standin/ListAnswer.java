package dev.drover.kube.standin;

import io.fabric8.mockwebserver.http.MockResponse;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A list: selectors of the form {@code key=value,…}, and pages. */
final class ListAnswer {
  private ListAnswer() {}

  static MockResponse of(List<Map<String, Object>> all, Route route) {
    List<Map<String, Object>> chosen =
        all.stream()
            .filter(o -> labels(o, route.query().getOrDefault("labelSelector", "")))
            .filter(o -> fields(o, route.query().getOrDefault("fieldSelector", "")))
            .sorted(
                Comparator.comparing(
                    o ->
                        Json.text(o, "metadata", "namespace")
                            + "/"
                            + Json.text(o, "metadata", "name")))
            .toList();
    int from = Integer.parseInt(route.query().getOrDefault("continue", "0"));
    int limit = Integer.parseInt(route.query().getOrDefault("limit", "0"));
    int to = limit == 0 ? chosen.size() : Math.min(chosen.size(), from + limit);
    Map<String, Object> metadata = new LinkedHashMap<>();
    if (to < chosen.size()) {
      metadata.put("continue", String.valueOf(to));
    }
    Map<String, Object> list = new LinkedHashMap<>();
    list.put("kind", "List");
    list.put("apiVersion", route.groupVersion());
    list.put("metadata", metadata);
    list.put("items", chosen.subList(from, to));
    return ApiFront.json(200, list);
  }

  private static boolean labels(Map<String, Object> object, String selector) {
    return all(Json.object(Json.at(object, "metadata", "labels")), selector, false);
  }

  private static boolean fields(Map<String, Object> object, String selector) {
    return all(object, selector, true);
  }

  private static boolean all(Map<String, Object> in, String selector, boolean path) {
    for (String term : selector.split(",")) {
      int equals = term.indexOf('=');
      if (equals > 0) {
        String key = term.substring(0, equals);
        String value = path ? Json.text(in, key.split("\\.")) : Json.text(in, key);
        if (!value.equals(term.substring(equals + 1))) {
          return false;
        }
      }
    }
    return true;
  }
}
