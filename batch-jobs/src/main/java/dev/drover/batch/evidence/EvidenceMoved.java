package dev.drover.batch.evidence;

import dev.drover.mappings.model.VmRef;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/** Which VMs have moved and were not taken back, by their evidence. */
public final class EvidenceMoved {
  private EvidenceMoved() {}

  /** Reads every record below a folder; other files there are passed over. */
  public static Set<VmRef> read(Path folder) {
    Set<VmRef> moved = new HashSet<>();
    EvidenceRecords.each(
        folder,
        record -> {
          String source = record.path("source").path("source").asString("");
          String id = record.path("source").path("id").asString("");
          if (!record.hasNonNull("rolledBack") && !source.isBlank() && !id.isBlank()) {
            moved.add(new VmRef(source, id));
          }
        });
    return moved;
  }
}
