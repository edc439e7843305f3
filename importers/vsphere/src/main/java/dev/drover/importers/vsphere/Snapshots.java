package dev.drover.importers.vsphere;

import com.vmware.vim25.VirtualMachineSnapshotInfo;
import com.vmware.vim25.VirtualMachineSnapshotTree;
import dev.drover.mappings.model.Answer;
import dev.drover.mappings.model.SnapshotNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Reads the tree of snapshots. */
final class Snapshots {
  /** vSphere allows 32; what is below is left out rather than trusted. */
  private static final int DEEPEST = 100;

  private Snapshots() {}

  static List<SnapshotNode> of(Props vm) {
    VirtualMachineSnapshotInfo info = vm.get("snapshot", VirtualMachineSnapshotInfo.class);
    return info == null ? List.of() : nodes(info.rootSnapshotList, 0);
  }

  private static List<SnapshotNode> nodes(Object array, int depth) {
    List<SnapshotNode> all = new ArrayList<>();
    if (depth >= DEEPEST) {
      return all;
    }
    for (VirtualMachineSnapshotTree each : Props.list(array, VirtualMachineSnapshotTree.class)) {
      all.add(
          new SnapshotNode(
              Tree.decoded(Objects.requireNonNullElse(each.name, "")),
              each.description == null || each.description.isEmpty() ? null : each.description,
              each.createTime == null ? null : each.createTime.toInstant(),
              null,
              Answer.of(each.quiesced),
              nodes(each.childSnapshotList, depth + 1)));
    }
    return all;
  }
}
