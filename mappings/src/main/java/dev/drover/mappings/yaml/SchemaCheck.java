package dev.drover.mappings.yaml;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.NodePath;
import dev.drover.mappings.model.DnsLabel;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Holds a document against the JSON Schema, and says of each violation where it is, what belongs
 * there and what was probably meant. The schema that editors use is the only one there is.
 */
final class SchemaCheck {
  /** What kubectl prints for access modes, and people write. */
  private static final Map<String, String> SHORT =
      Map.of(
          "RWO", "ReadWriteOnce",
          "RWX", "ReadWriteMany",
          "ROX", "ReadOnlyMany",
          "RWOP", "ReadWriteOncePod");

  /** A plan may have thousands of files of one schema; there are only a few schemas. */
  private static final Map<String, Compiled> COMPILED = new ConcurrentHashMap<>();

  /** A schema for people and for the validator. */
  private record Compiled(JsonNode tree, Schema schema) {
    static Compiled of(String text) {
      JsonNode tree = new JsonMapper().readTree(text);
      return new Compiled(
          tree,
          SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(tree));
    }
  }

  private final Dialect dialect;
  private final JsonNode schemaTree;
  private final YamlNode root;
  private final Problems problems;

  /** Places with an unknown key, and {@code place + key} of what was probably meant. */
  private final Set<String> misspelt = new HashSet<>();

  private SchemaCheck(YamlNode root, Dialect dialect, Problems problems) {
    this.dialect = dialect;
    this.schemaTree = COMPILED.computeIfAbsent(dialect.schema(), Compiled::of).tree();
    this.root = root;
    this.problems = problems;
  }

  /** Adds all violations to the problems. */
  static void run(YamlNode root, JsonNode document, Dialect dialect, Problems problems) {
    SchemaCheck check = new SchemaCheck(root, dialect, problems);
    Schema schema = COMPILED.computeIfAbsent(dialect.schema(), Compiled::of).schema();
    List<Error> errors = schema.validate(document);
    // A misspelt key is one mistake, though it also leaves a required one out.
    errors.stream().filter(e -> e.getKeyword().equals("additionalProperties")).forEach(check::key);
    errors.stream().filter(e -> !e.getKeyword().equals("additionalProperties")).forEach(check::add);
  }

  private void key(Error error) {
    Place place = Place.of(root, error.getInstanceLocation());
    String key = error.getProperty();
    JsonNode known = parent(error).path("properties");
    String nearest = NearestWord.of(key, List.copyOf(known.propertyNames()));
    // What a language has no place for at all, like a key, is no secret in the wrong place.
    boolean secret = Secrets.isName(key) && schemaTree.at("/$defs/credentials").isObject();
    misspelt.add(place.path());
    misspelt.add(Place.key(place.path(), nearest == null ? key : nearest));
    YamlNode.Entry entry = ((YamlNode.Mapping) place.node()).entries().get(key);
    problems.add(
        entry == null ? place.node().line() : entry.keyLine(),
        entry == null ? place.node().column() : entry.keyColumn(),
        Place.key(place.path(), key),
        secret
            ? "a " + dialect.kind() + " holds no user, password or token"
            : "the key " + Shown.of(key) + " is not known here",
        secret
            ? Secrets.REMEDY
            : known.isEmpty() ? "nothing in here" : "one of: " + list(known.propertyNames()),
        secret ? null : nearest);
  }

  private void add(Error error) {
    Place place = Place.of(root, error.getInstanceLocation());
    JsonNode rule = parent(error);
    switch (error.getKeyword()) {
      case "required" -> missing(error, place);
      case "minProperties", "maxProperties" -> number(place, rule);
      case "propertyNames" -> metadataKey(error, place);
      case "enum" -> {
        List<String> words = rule.path("enum").valueStream().map(JsonNode::asString).toList();
        value(place, "one of: " + list(words), meant(text(place.node()), words));
      }
      case "const" -> {
        String word = rule.path("const").asString();
        value(place, word, NearestWord.of(text(place.node()), List.of(word)));
      }
      case "minimum", "maximum" -> {
        String range = "a whole number from " + rule.path("minimum").asString();
        value(place, title(rule, range + " to " + rule.path("maximum").asString()), null);
      }
      case "minItems" ->
          problems.add(place.node(), place.path(), "the list is empty", "at least one item", null);
      case "type" -> value(place, type(rule, place.node()), null);
      default -> value(place, title(rule, error.getKeyword()), label(error, place.node()));
    }
  }

  private static @Nullable String meant(String typed, List<String> words) {
    String whole = SHORT.getOrDefault(typed.toUpperCase(Locale.ROOT), "");
    return words.contains(whole) ? whole : NearestWord.of(typed, words);
  }

  private void missing(Error error, Place place) {
    String key = error.getProperty();
    String path = Place.key(place.path(), key);
    if (!misspelt.contains(path)) {
      String purpose = purpose(parent(error).path("properties").path(key));
      String expected = "a line \"" + key + ": …\" (" + purpose + ")";
      problems.add(place.node(), path, "this is missing", expected, null);
    }
  }

  private void number(Place place, JsonNode rule) {
    if (!misspelt.contains(place.path()) && !lacksRequired(place, rule)) {
      problems.add(place.node(), place.path(), count(place.node()), title(rule, "keys"), null);
    }
  }

  /** Then the missing key is the mistake, and the number of keys only its shadow. */
  private static boolean lacksRequired(Place place, JsonNode rule) {
    return place.node() instanceof YamlNode.Mapping map
        && rule.path("required")
            .valueStream()
            .anyMatch(k -> !map.entries().containsKey(k.asString()))
        && map.entries().size() < 2;
  }

  private void metadataKey(Error error, Place place) {
    String key = error.getProperty();
    YamlNode.Entry entry = ((YamlNode.Mapping) place.node()).entries().get(key);
    problems.add(
        entry == null ? place.node().line() : entry.keyLine(),
        entry == null ? place.node().column() : entry.keyColumn(),
        Place.key(place.path(), key),
        Shown.of(key) + " does not fit as a key here",
        title(resolve(parent(error).path("propertyNames")), "a key"));
  }

  private void value(Place place, String expected, @Nullable String suggestion) {
    // One violation tells enough: a name that is too long often has a wrong character, too.
    if (!problems.has(place.node())) {
      problems.add(place.node(), place.path(), shown(place.node()), expected, suggestion);
    }
  }

  /** The RFC 1123 label that is nearest to what stands there, for names only. */
  private static @Nullable String label(Error error, YamlNode node) {
    boolean isLabel = error.getSchemaLocation().toString().contains("/$defs/label/");
    return isLabel && !text(node).isBlank() ? DnsLabel.of(text(node)) : null;
  }

  private static String shown(YamlNode node) {
    if (node instanceof YamlNode.Sequence) {
      return "a list stands here";
    } else if (node instanceof YamlNode.Mapping) {
      return "a map stands here";
    }
    YamlNode.Scalar scalar = (YamlNode.Scalar) node;
    if (scalar.kind() == YamlNode.Kind.NULL) {
      return "nothing stands here";
    } else if (scalar.text().contains("@") || scalar.text().contains("://")) {
      return "this address does not fit here"; // not shown: it may hold a password
    }
    return Shown.of(scalar.text()) + " does not fit here";
  }

  private static String count(YamlNode node) {
    int keys = node instanceof YamlNode.Mapping map ? map.entries().size() : 0;
    return keys == 0 ? "the map is empty" : keys == 1 ? "one key is not enough" : keys + " keys";
  }

  private static String type(JsonNode rule, YamlNode node) {
    return switch (rule.path("type").asString("")) {
      case "object" -> title(rule, map(rule));
      case "array" -> title(rule, "a list (- item)");
      case "boolean" -> "true or false";
      case "integer" -> "a whole number, without quotes";
      case "number" -> title(rule, "a number") + ", without quotes";
      case "" -> title(rule, "something else");
      default -> title(rule, "a text") + (unquoted(rule, node) ? "; put it in quotes" : "");
    };
  }

  /** A name like 7 or true is a number or a truth value for YAML; quotes help where it fits. */
  private static boolean unquoted(JsonNode rule, YamlNode node) {
    return node instanceof YamlNode.Scalar scalar
        && scalar.kind() != YamlNode.Kind.NULL
        && Pattern.compile(rule.path("pattern").asString("")).matcher(scalar.text()).find();
  }

  /** The first sentence of the description, as a part of another one. */
  private static String purpose(JsonNode property) {
    String description = property.path("description").asString("");
    int end = description.indexOf(". ");
    String first = end < 0 ? description.replaceFirst("\\.$", "") : description.substring(0, end);
    // "VMs", "OVA", "CPU": a word with a second capital is no word of the sentence's beginning.
    boolean name = first.length() > 1 && Character.isUpperCase(first.charAt(1));
    return first.isEmpty() || name
        ? first
        : Character.toLowerCase(first.charAt(0)) + first.substring(1);
  }

  private static String map(JsonNode rule) {
    String required =
        rule.path("required")
            .valueStream()
            .map(key -> key.asString() + ": …")
            .collect(Collectors.joining(", "));
    return required.isEmpty() ? "a map (key: value)" : "a map {" + required + "}";
  }

  private static String title(JsonNode rule, String otherwise) {
    return rule.path("title").asString(otherwise);
  }

  private static String text(YamlNode node) {
    return node instanceof YamlNode.Scalar scalar ? scalar.text() : "";
  }

  private static String list(Iterable<String> words) {
    return String.join(", ", words);
  }

  /** The schema object that the violated keyword stands in. */
  private JsonNode parent(Error error) {
    NodePath fragment = error.getSchemaLocation().getFragment();
    JsonNode node = schemaTree;
    for (int i = 0; i < fragment.getNameCount() - 1; i++) {
      Object element = fragment.getElement(i);
      node = element instanceof Integer index ? node.path(index) : node.path((String) element);
    }
    return node;
  }

  private JsonNode resolve(JsonNode rule) {
    String ref = rule.path("$ref").asString("");
    return ref.isEmpty() ? rule : schemaTree.at(ref.substring(1));
  }
}
