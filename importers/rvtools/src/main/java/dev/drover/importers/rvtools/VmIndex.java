package dev.drover.importers.rvtools;

import dev.drover.importers.api.Discovery;
import dev.drover.mappings.model.Finding;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The rows of each VM, over all sheets and exports. VMs are numbered in the order of vInfo. */
final class VmIndex {
  private static final int AMBIGUOUS = -2;
  private static final int NONE = -1;

  private final Vcenters vcenters;
  private final Merge merge;
  private final List<Export> exports;
  private final List<int[]> infos = new ArrayList<>();
  private final List<Integer> vcenterOf = new ArrayList<>();
  private final List<Boolean> twice = new ArrayList<>();
  private final Map<Long, Integer> byId = new HashMap<>();
  private final Map<Long, Integer> byUuid = new HashMap<>();
  private final Map<Long, Integer> byName = new HashMap<>();
  private final Map<Topic, Grouped> grouped = new EnumMap<>(Topic.class);
  private final List<Discovery> notices = new ArrayList<>();
  private final Set<Integer> seenVcenters = new HashSet<>();

  VmIndex(List<Export> exports, Vcenters vcenters, Merge merge) {
    this.exports = exports;
    this.vcenters = vcenters;
    this.merge = merge;
    exports.forEach(this::addVms);
    for (Topic topic : Topic.values()) {
      if (topic.isOfVms() && topic != Topic.INFO) {
        grouped.put(topic, group(topic));
      }
    }
  }

  private void addVms(Export export) {
    for (int[] row : export.rows(Topic.INFO)) {
      int vcenter = vcenters.of(export, Topic.INFO, row);
      if (merge.counts(export, vcenter)) {
        int number = infos.size();
        infos.add(row);
        vcenterOf.add(vcenter);
        seenVcenters.add(vcenter);
        int id = export.cell(Topic.INFO, row, Field.VM_ID);
        twice.add(id != 0 && byId.putIfAbsent(key(vcenter, id), number) != null);
        int uuid = export.cell(Topic.INFO, row, Field.VM_UUID);
        if (uuid != 0) {
          byUuid.merge(key(vcenter, uuid), number, (a, b) -> AMBIGUOUS);
        }
        byName.merge(
            key(vcenter, export.cell(Topic.INFO, row, Field.VM)), number, (a, b) -> AMBIGUOUS);
      }
    }
  }

  private static long key(int vcenter, int text) {
    return (long) vcenter << 32 | text;
  }

  /** Rows in the order of their VMs, and where those of each begin. */
  private record Grouped(int[][] rows, int[] starts) {}

  private Grouped group(Topic topic) {
    List<int[]> rows = new ArrayList<>();
    List<Integer> vms = new ArrayList<>();
    for (Export export : exports) {
      Strays strays = new Strays(export, topic);
      for (int[] row : export.rows(topic)) {
        int vm = find(export, topic, row);
        if (vm >= 0) {
          rows.add(row);
          vms.add(vm);
        } else if (merge.counts(export, vcenters.of(export, topic, row))) {
          strays.add(row, vm);
        }
      }
      export.rows(topic).clear();
      strays.tell(notices);
    }
    int[] starts = new int[infos.size() + 1];
    vms.forEach(vm -> starts[vm + 1]++);
    for (int i = 1; i < starts.length; i++) {
      starts[i] += starts[i - 1];
    }
    int[] next = starts.clone();
    int[][] ordered = new int[rows.size()][];
    for (int i = 0; i < ordered.length; i++) {
      ordered[next[vms.get(i)]++] = rows.get(i);
    }
    return new Grouped(ordered, starts);
  }

  private int find(Export export, Topic topic, int[] row) {
    int vcenter = vcenters.of(export, topic, row);
    if (!merge.counts(export, vcenter)) {
      return NONE;
    }
    int id = export.cell(topic, row, Field.VM_ID);
    if (id != 0) {
      Integer vm = byId.get(key(vcenter, id));
      if (vm != null) {
        return vm;
      }
    }
    int uuid = export.cell(topic, row, Field.VM_UUID);
    Integer vm = uuid == 0 ? null : byUuid.get(key(vcenter, uuid));
    if (vm == null && id == 0) {
      vm = byName.get(key(vcenter, export.cell(topic, row, Field.VM)));
    }
    return vm == null ? NONE : vm;
  }

  /** Rows of VMs that vInfo does not have, or has twice. */
  private static final class Strays {
    private final Export export;
    private final Topic topic;
    private final long[] counts = new long[2];
    private final String[] places = new String[2];

    Strays(Export export, Topic topic) {
      this.export = export;
      this.topic = topic;
    }

    void add(int[] row, int why) {
      int kind = why == AMBIGUOUS ? 1 : 0;
      if (counts[kind]++ == 0) {
        places[kind] = RowView.place(export, topic, row);
      }
    }

    void tell(List<Discovery> notices) {
      if (counts[0] > 0) {
        notices.add(
            new Discovery.Noticed(
                places[0],
                Finding.warning(
                    "RVT-017",
                    counts[0]
                        + " rows of "
                        + topic.sheet()
                        + " are of VMs that vInfo does not have",
                    "export all sheets in one run of RVTools; this is the first such row")));
      }
      if (counts[1] > 0) {
        notices.add(
            new Discovery.Noticed(
                places[1],
                Finding.warning(
                    "RVT-018",
                    counts[1]
                        + " rows of "
                        + topic.sheet()
                        + " have no VM ID, and several VMs have their name; they are left out",
                    "export with RVTools 4.0 or later, which writes VM IDs; this is the first such"
                        + " row")));
      }
    }
  }

  int size() {
    return infos.size();
  }

  int[] info(int vm) {
    return infos.get(vm);
  }

  int vcenter(int vm) {
    return vcenterOf.get(vm);
  }

  /** Whether an earlier row has the same VM ID in the same vCenter. */
  boolean isSecond(int vm) {
    return twice.get(vm);
  }

  /** How many vCenters have VMs here. */
  int vcenters() {
    return seenVcenters.size();
  }

  /** The rows of a VM in another sheet, in the order of the file. */
  List<int[]> rows(Topic topic, int vm) {
    Grouped all = grouped.get(topic);
    if (all == null) {
      return List.of();
    }
    return java.util.Arrays.asList(all.rows).subList(all.starts[vm], all.starts[vm + 1]);
  }

  List<Discovery> notices() {
    return notices;
  }
}
