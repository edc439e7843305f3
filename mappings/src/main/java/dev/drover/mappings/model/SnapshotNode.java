package dev.drover.mappings.model;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot that exists at the source, with those taken on top of it.
 *
 * @param created null where the source gives no time, or one without a zone
 */
public record SnapshotNode(
    String name,
    @Nullable String description,
    @Nullable Instant created,
    @Nullable ByteSize size,
    Answer quiesced,
    List<SnapshotNode> children) {
  public SnapshotNode {
    children = List.copyOf(children);
  }
}
