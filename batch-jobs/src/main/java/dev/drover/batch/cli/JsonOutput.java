package dev.drover.batch.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.drover.batch.cli.terminal.Terminal;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Prints a result as JSON. */
final class JsonOutput {
  private JsonOutput() {}

  /** One indented document and a line feed; for a terminal all but ASCII is escaped. */
  static void print(Terminal terminal, Object value) {
    JsonMapper json =
        JsonMapper.builder()
            .changeDefaultPropertyInclusion(i -> i.withValueInclusion(JsonInclude.Include.NON_NULL))
            .enable(SerializationFeature.INDENT_OUTPUT)
            .configure(JsonWriteFeature.ESCAPE_NON_ASCII, terminal.attached().out())
            .build();
    terminal.out().println(json.writeValueAsString(value));
  }
}
