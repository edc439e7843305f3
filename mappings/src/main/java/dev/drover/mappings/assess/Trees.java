package dev.drover.mappings.assess;

import dev.drover.mappings.model.SnapshotNode;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a tree of snapshots looks like. */
final class Trees {
  private Trees() {}

  /**
   * Its form.
   *
   * @param depth of the longest chain
   * @param oldest null where no time is known
   */
  record Shape(int depth, int nodes, @Nullable Instant oldest) {}

  private record Level(SnapshotNode node, int depth) {}

  /** Looks at no more nodes than that. */
  static Shape shape(List<SnapshotNode> roots, int most) {
    Deque<Level> waiting = new ArrayDeque<>();
    roots.forEach(root -> waiting.addLast(new Level(root, 1)));
    int depth = 0;
    int nodes = 0;
    Instant oldest = null;
    while (!waiting.isEmpty() && nodes < most) {
      Level level = waiting.removeLast();
      nodes++;
      depth = Math.max(depth, level.depth());
      Instant created = level.node().created();
      if (created != null && (oldest == null || created.isBefore(oldest))) {
        oldest = created;
      }
      level.node().children().forEach(c -> waiting.addLast(new Level(c, level.depth() + 1)));
    }
    return new Shape(depth, nodes, oldest);
  }
}
