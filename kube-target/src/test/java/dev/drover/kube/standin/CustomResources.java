package dev.drover.kube.standin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes CustomResourceDefinitions of the OpenAPI documents that KubeVirt and CDI publish:
 * references are put in place, quantities become {@code int-or-string}, metadata inside of
 * templates stays free. Defaults and list types are left out: nothing here depends on them.
 */
final class CustomResources {
  private static final Set<String> KEPT =
      Set.of("type", "enum", "format", "nullable", "required", "minimum", "maximum");

  private final Map<String, Object> definitions;

  private CustomResources(Map<String, Object> definitions) {
    this.definitions = definitions;
  }

  static CustomResources read(Path openapi) throws IOException {
    return new CustomResources(
        Json.object(Json.read(Files.readString(openapi)).get("definitions")));
  }

  /**
   * A namespaced kind.
   *
   * @param definition its name in the document: {@code v1.VirtualMachine}
   */
  Map<String, Object> definition(
      String definition, String group, String version, String kind, String plural) {
    Map<String, Object> schema = resolved(Json.object(definitions.get(definition)), true);
    Map<String, Object> served = new LinkedHashMap<>();
    served.put("name", version);
    served.put("served", true);
    served.put("storage", true);
    served.put("schema", Map.of("openAPIV3Schema", schema));
    served.put("subresources", Map.of("status", Map.of()));
    Map<String, Object> names =
        Map.of("kind", kind, "plural", plural, "singular", kind.toLowerCase(java.util.Locale.ROOT));
    Map<String, Object> crd = new LinkedHashMap<>();
    crd.put("apiVersion", "apiextensions.k8s.io/v1");
    crd.put("kind", "CustomResourceDefinition");
    crd.put("metadata", Map.of("name", plural + "." + group));
    crd.put(
        "spec",
        Map.of("group", group, "names", names, "scope", "Namespaced", "versions", List.of(served)));
    return crd;
  }

  private Map<String, Object> resolved(Map<String, Object> schema, boolean top) {
    if (schema.get("$ref") instanceof String ref) {
      return referred(ref.substring(ref.lastIndexOf('/') + 1), top);
    }
    if (schema.get("type") instanceof List<?> types) {
      return oneOf(types, schema);
    }
    Map<String, Object> result = new LinkedHashMap<>();
    schema.forEach(
        (key, value) -> {
          if (KEPT.contains(key)) {
            result.put(key, value);
          } else if (key.equals("items") || key.equals("additionalProperties")) {
            result.put(key, resolved(Json.object(value), false));
          } else if (key.equals("properties")) {
            result.put(key, properties(Json.object(value), top));
          }
        });
    if (!result.containsKey("type") || isFree(result)) {
      result.putIfAbsent("type", "object");
      result.put("x-kubernetes-preserve-unknown-fields", true);
    }
    return result;
  }

  /** The documents' {@code [string, null]} and {@code [string, number]} in the words of a CRD. */
  private Map<String, Object> oneOf(List<?> types, Map<String, Object> schema) {
    if (!types.contains("null")) {
      return Map.of("x-kubernetes-int-or-string", true);
    }
    Map<String, Object> single = new LinkedHashMap<>(schema);
    single.put("type", types.get("null".equals(types.get(0)) ? 1 : 0));
    single.put("nullable", true);
    return resolved(single, false);
  }

  private Map<String, Object> properties(Map<String, Object> properties, boolean top) {
    Map<String, Object> result = new LinkedHashMap<>();
    properties.forEach(
        (name, property) ->
            result.put(
                name,
                top && name.equals("metadata")
                    ? Map.of("type", "object")
                    : resolved(Json.object(property), false)));
    return result;
  }

  private Map<String, Object> referred(String name, boolean top) {
    if (name.endsWith("Quantity") || name.endsWith("IntOrString")) {
      return Map.of("x-kubernetes-int-or-string", true);
    }
    if (name.endsWith("ObjectMeta")) {
      return Map.of("type", "object", "x-kubernetes-preserve-unknown-fields", true);
    }
    return resolved(Json.object(definitions.get(name)), top);
  }

  /** An object of which nothing is said takes anything, except where it is a marker: upload. */
  private static boolean isFree(Map<String, Object> schema) {
    return "array".equals(schema.get("type")) && !schema.containsKey("items");
  }
}
