package dev.drover.batch.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.drover.batch.cli.terminal.Terminal;
import dev.drover.batch.evidence.EvidenceFolder;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Prints a result as JSON. */
final class JsonOutput {
  private JsonOutput() {}

  /** A document of that kind: {@code apiVersion}, {@code kind}, then the fields of the value. */
  static void print(Terminal terminal, String kind, Object value) {
    JsonMapper json = mapper(terminal);
    ObjectNode document = json.createObjectNode();
    document.put("apiVersion", EvidenceFolder.API_VERSION);
    document.put("kind", kind);
    document.setAll((ObjectNode) json.valueToTree(value));
    terminal.out().println(json.writeValueAsString(document));
  }

  /** One indented document and a line feed; for a terminal all but ASCII is escaped. */
  static void print(Terminal terminal, Object value) {
    terminal.out().println(mapper(terminal).writeValueAsString(value));
  }

  private static JsonMapper mapper(Terminal terminal) {
    return JsonMapper.builder()
        .changeDefaultPropertyInclusion(i -> i.withValueInclusion(JsonInclude.Include.NON_NULL))
        .enable(SerializationFeature.INDENT_OUTPUT)
        .configure(JsonWriteFeature.ESCAPE_NON_ASCII, terminal.attached().out())
        .build();
  }
}
