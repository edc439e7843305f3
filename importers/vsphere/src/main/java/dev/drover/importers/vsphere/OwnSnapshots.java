package dev.drover.importers.vsphere;

import com.vmware.vim25.ManagedObjectReference;
import com.vmware.vim25.VirtualMachineSnapshotInfo;
import com.vmware.vim25.VirtualMachineSnapshotTree;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which snapshots are Drover's: those whose name and description both say so. A snapshot that a
 * person called {@code drover-test} is theirs.
 */
final class OwnSnapshots {
  private static final String PREFIX = "drover-";
  private static final String MADE_BY = "Made by Drover for the run ";
  private static final int DEEPEST = 100;

  private OwnSnapshots() {}

  /**
   * One of them.
   *
   * @param since as the server's clock has it, or null
   */
  record Own(ManagedObjectReference ref, String runId, @Nullable Instant since) {
    String name() {
      return OwnSnapshots.name(runId);
    }
  }

  static String name(String runId) {
    return PREFIX + runId;
  }

  static String description(String runId) {
    return MADE_BY + runId + ". It removes it when its copy ends.";
  }

  /**
   * Those in a VM's tree.
   *
   * @param vm with the property {@code snapshot}
   */
  static List<Own> in(Props vm) {
    List<Own> found = new ArrayList<>();
    VirtualMachineSnapshotInfo info = vm.get("snapshot", VirtualMachineSnapshotInfo.class);
    if (info != null) {
      collect(info.rootSnapshotList, 0, found);
    }
    return found;
  }

  private static void collect(@Nullable Object array, int depth, List<Own> into) {
    if (depth >= DEEPEST) {
      return;
    }
    for (VirtualMachineSnapshotTree each : Props.list(array, VirtualMachineSnapshotTree.class)) {
      String name = each.name == null ? "" : Tree.decoded(each.name);
      String text = each.description == null ? "" : each.description;
      if (each.snapshot != null && name.startsWith(PREFIX) && text.startsWith(MADE_BY)) {
        into.add(
            new Own(
                each.snapshot,
                name.substring(PREFIX.length()),
                each.createTime == null ? null : each.createTime.toInstant()));
      }
      collect(each.childSnapshotList, depth + 1, into);
    }
  }
}
