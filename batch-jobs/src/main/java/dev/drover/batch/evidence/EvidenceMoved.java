package dev.drover.batch.evidence;

import dev.drover.mappings.failure.EnvironmentFailed;
import dev.drover.mappings.failure.Retry;
import dev.drover.mappings.model.VmRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Which VMs have moved and were not taken back, by their evidence. */
public final class EvidenceMoved {
  private static final JsonMapper JSON = new JsonMapper();

  private EvidenceMoved() {}

  /** Reads every record below a folder; other files there are passed over. */
  public static Set<VmRef> read(Path folder) {
    Set<VmRef> moved = new HashSet<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : (Iterable<Path>) files.filter(EvidenceMoved::isRecord)::iterator) {
        JsonNode document = JSON.readTree(Files.readAllBytes(file));
        String source = document.path("source").path("source").asString("");
        String id = document.path("source").path("id").asString("");
        boolean vm = "VmEvidence".equals(document.path("kind").asString(""));
        if (vm && !document.hasNonNull("rolledBack") && !source.isBlank() && !id.isBlank()) {
          moved.add(new VmRef(source, id));
        }
      }
    } catch (IOException | JacksonException e) {
      throw new EnvironmentFailed(
          folder.toString(), "the evidence cannot be read", "check it", Retry.POINTLESS, e);
    }
    return moved;
  }

  private static boolean isRecord(Path file) {
    return file.toString().endsWith(".json") && Files.isRegularFile(file);
  }
}
