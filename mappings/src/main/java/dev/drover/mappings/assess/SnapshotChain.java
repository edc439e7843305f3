package dev.drover.mappings.assess;

import dev.drover.mappings.model.SnapshotNode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/** How deep and how old the snapshots are. */
final class SnapshotChain implements Check {
  static final KnownFinding DEEP =
      KnownFinding.warning(
          "VM-046",
          "its snapshots are stacked deep, which makes a copy slow and a consolidation likely to fail",
          "delete snapshots that nobody needs before the move");

  static final KnownFinding OLD =
      KnownFinding.warning(
          "VM-047",
          "has a snapshot that is older than a month",
          "delete it before the move if nobody needs it: it does not move");

  static final KnownFinding CONSOLIDATE =
      KnownFinding.warning(
          "VM-048",
          "its disks have deltas but no snapshot, so that they want to be consolidated",
          "consolidate the disks at the source before the move");

  @Override
  public List<KnownFinding> findings() {
    return List.of(DEEP, OLD, CONSOLIDATE);
  }

  /**
   * VMware's best practices: two or three in a chain, although 32 are possible (article 1025279).
   */
  private static final int DEEPEST = 3;

  private static final int OLDEST_DAYS = 31;

  /** A hostile tree must not overflow the stack. */
  private static final int MOST_NODES = 10_000;

  @Override
  public void look(Subject vm, Told told) {
    List<SnapshotNode> roots = vm.vm().snapshots();
    if (roots == null) {
      return;
    }
    if (roots.isEmpty()) {
      vm.vm().disks().stream()
          .filter(d -> d.backing().chainDepth() != null && d.backing().chainDepth() > 0)
          .findFirst()
          .ifPresent(d -> told.add(CONSOLIDATE, d.label() + ": " + d.backing().chainDepth()));
      return;
    }
    Trees.Shape shape = Trees.shape(roots, MOST_NODES);
    if (shape.depth() > DEEPEST) {
      told.add(DEEP, shape.depth() + " deep, " + shape.nodes() + " in all");
    }
    Instant oldest = shape.oldest();
    if (oldest != null) {
      LocalDate day = LocalDate.ofInstant(oldest, ZoneOffset.UTC);
      if (day.isBefore(vm.today().minusDays(OLDEST_DAYS))) {
        told.add(OLD, "from " + day);
      }
    }
  }
}
