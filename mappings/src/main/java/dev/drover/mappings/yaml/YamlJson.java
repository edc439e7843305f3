package dev.drover.mappings.yaml;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The JSON that a YAML tree stands for, for the schema's validator. */
final class YamlJson {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private YamlJson() {}

  /** Recursion is safe: {@link YamlTree} bounds the depth. */
  static JsonNode of(YamlNode node) {
    if (node instanceof YamlNode.Mapping mapping) {
      ObjectNode object = NODES.objectNode();
      mapping.entries().forEach((key, entry) -> object.set(key, of(entry.value())));
      return object;
    } else if (node instanceof YamlNode.Sequence sequence) {
      ArrayNode array = NODES.arrayNode(sequence.items().size());
      sequence.items().forEach(item -> array.add(of(item)));
      return array;
    }
    return leaf((YamlNode.Scalar) node);
  }

  private static JsonNode leaf(YamlNode.Scalar scalar) {
    String text = scalar.text();
    return switch (scalar.kind()) {
      case NULL -> NODES.nullNode();
      case BOOLEAN -> NODES.booleanNode(text.toLowerCase(Locale.ROOT).equals("true"));
      case INTEGER -> NODES.numberNode(integer(text));
      case DECIMAL -> decimal(text);
      case TEXT -> NODES.stringNode(text);
    };
  }

  /** YAML 1.2.2, chapter 10.3.2: decimal, {@code 0o} octal, {@code 0x} hexadecimal. */
  private static BigInteger integer(String text) {
    if (text.startsWith("0o")) {
      return new BigInteger(text.substring(2), 8);
    } else if (text.startsWith("0x")) {
      return new BigInteger(text.substring(2), 16);
    }
    return new BigInteger(text.startsWith("+") ? text.substring(1) : text);
  }

  /** A plan has no decimals; {@code .inf} and an exponent of nine digits stay text on purpose. */
  private static JsonNode decimal(String text) {
    if (!text.matches("[-+]?[0-9]*\\.?[0-9]*")) {
      return NODES.stringNode(text);
    }
    return NODES.numberNode(new BigDecimal(text));
  }
}
