package dev.drover.mappings.assess;

import dev.drover.mappings.model.ByteSize;
import dev.drover.mappings.profile.TargetProfile.NodeGroup;
import java.util.List;

/** Whether a node of the target can hold the VM. */
final class NodeFit implements Check {
  static final KnownFinding CPUS =
      KnownFinding.blocker(
          "CPU-040",
          "has more CPUs than any node of the target",
          "take CPUs away before the move, or add larger nodes");

  static final KnownFinding MEMORY =
      KnownFinding.blocker(
          "MEM-040",
          "has more memory than any node of the target",
          "take memory away before the move, or add larger nodes");

  static final KnownFinding HUGE =
      KnownFinding.warning(
          "MEM-041",
          "has so much memory that a live migration takes long and few nodes can take it",
          "give it nodes of its own size, and test a live migration and a failover");

  static final KnownFinding RESERVED =
      KnownFinding.info(
          "MEM-042",
          "all of its memory is reserved at the source; the target requests it whole",
          "see that the nodes have it free: it is not overcommitted");

  @Override
  public List<KnownFinding> findings() {
    return List.of(CPUS, MEMORY, HUGE, RESERVED);
  }

  private static final ByteSize MUCH = ByteSize.ofGiB(512);

  @Override
  public void look(Subject vm, Told told) {
    ByteSize memory = vm.vm().memory().size();
    List<NodeGroup> nodes = vm.profile().nodes();
    boolean tooMuch = false;
    if (nodes != null && !nodes.isEmpty()) {
      int threads = nodes.stream().mapToInt(NodeGroup::threads).max().orElse(0);
      ByteSize most = nodes.stream().map(NodeGroup::memory).max(ByteSize::compareTo).orElseThrow();
      if (vm.vm().cpu().count() > threads) {
        told.add(CPUS, vm.vm().cpu().count() + ", a node has " + threads + " threads");
      }
      tooMuch = memory.compareTo(most) > 0;
      if (tooMuch) {
        told.add(MEMORY, memory + ", a node has " + most);
      }
    }
    if (!tooMuch && memory.compareTo(MUCH) >= 0) {
      told.add(HUGE, memory.toString());
    }
    ByteSize reserved = vm.vm().memory().reservation();
    if (reserved != null && reserved.bytes() > 0 && reserved.compareTo(memory) >= 0) {
      told.add(RESERVED, reserved.toString());
    }
  }
}
