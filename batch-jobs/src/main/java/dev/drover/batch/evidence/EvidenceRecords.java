package dev.drover.batch.evidence;

import dev.drover.mappings.failure.EnvironmentFailed;
import dev.drover.mappings.failure.Retry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The records of VMs below a folder of evidence. */
final class EvidenceRecords {
  /** What a later version adds is passed over. */
  static final JsonMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private EvidenceRecords() {}

  /**
   * Hands over every record, in the order of their paths; other files there are passed over.
   *
   * @throws EnvironmentFailed naming the file that cannot be read
   */
  static void each(Path folder, Consumer<JsonNode> take) {
    try (Stream<Path> files = Files.walk(folder)) {
      files
          .filter(f -> f.toString().endsWith(".json") && Files.isRegularFile(f))
          .sorted()
          .forEach(file -> read(file, take));
    } catch (IOException e) {
      throw failed(folder, e);
    }
  }

  private static void read(Path file, Consumer<JsonNode> take) {
    try {
      JsonNode document = JSON.readTree(Files.readAllBytes(file));
      if ("VmEvidence".equals(document.path("kind").asString(""))) {
        take.accept(document);
      }
    } catch (IOException | JacksonException e) {
      throw failed(file, e);
    }
  }

  private static EnvironmentFailed failed(Path file, Exception cause) {
    return new EnvironmentFailed(
        file.toString(), "the evidence cannot be read", "check it", Retry.POINTLESS, cause);
  }
}
