package dev.drover.importers.rvtools;

import dev.drover.mappings.model.ByteSize;
import dev.drover.mappings.model.SourceDisk;
import dev.drover.mappings.model.SourceNic;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What an importer alone can notice: sheets that contradict each other, and what is no candidate.
 */
final class VmFindings {
  /** Total disk capacity is rounded, for each disk, to a MiB. */
  private static final long ROUNDING = 1L << 21;

  private final VmRows vm;
  private final SheetsSeen seen;

  VmFindings(VmRows vm, SheetsSeen seen) {
    this.vm = vm;
    this.seen = seen;
  }

  void find(String name, List<SourceDisk> disks, List<SourceNic> nics) {
    disks(disks);
    used(disks);
    nics(nics);
    state();
    if (isOfVsphere(name)) {
      vm.block(
          "RVT-040",
          "it is a VM that vSphere makes for itself (vCLS) and is no candidate",
          "leave it out; vSphere makes it anew where it is missing",
          name);
    }
    List<String> wrong = vm.wrongCells();
    if (!wrong.isEmpty()) {
      vm.warn(
          "RVT-041",
          "cells hold something else than their columns should, and count as unknown",
          "correct them in the file; for numbers of another locale set the option decimal",
          String.join(", ", wrong.subList(0, Math.min(5, wrong.size()))));
    }
  }

  /** {@code vCLS-4c4c4544-…}, {@code vCLS (12)}; the folder is named alike. */
  private boolean isOfVsphere(String name) {
    String folder = vm.info().word(Field.FOLDER);
    return name.matches("(?i)vCLS(?:[ (-].*)?") || folder.matches("(?:.*/)?vcls");
  }

  private void disks(List<SourceDisk> disks) {
    Integer promised = vm.info().count(Field.DISKS);
    boolean sheet = seen.has(vm.info(), Topic.DISK);
    if (promised == null && disks.isEmpty() && !sheet) {
      vm.block(
          "RVT-030",
          "its disks are unknown: the export does not tell them",
          vm.info().file().plain
              ? "give the table a column \"disk sizes GiB\" (40+200)"
              : "export all sheets in one run of RVTools",
          vm.info().place());
      return;
    }
    if (promised != null && promised != disks.size()) {
      String what =
          "vInfo has "
              + promised
              + (promised == 1 ? " disk" : " disks")
              + ", and vDisk "
              + disks.size();
      String evidence = vm.info().place();
      if (promised > disks.size()) {
        vm.block(
            "RVT-030",
            sheet
                ? what + ": disks are missing here"
                : "its disks are unknown but for their number: the export lists none of them",
            "export all sheets in one run of RVTools",
            evidence + ": " + promised + " and " + disks.size());
      } else {
        vm.warn("RVT-030", what, "export all sheets in one run of RVTools", evidence);
      }
      return;
    }
    ByteSize total = vm.info().size(Field.DISK_TOTAL);
    ByteSize sum = disks.stream().map(SourceDisk::size).reduce(ByteSize.ZERO, ByteSize::plus);
    if (total != null && sheet && differ(total, sum, disks.size())) {
      vm.warn(
          "RVT-031",
          "vInfo gives another total capacity than the disks of vDisk have together",
          "export all sheets in one run of RVTools",
          total + " and " + sum);
    }
  }

  /** In a table by hand; vSphere's own number counts swap and snapshots, and may well be more. */
  private void used(List<SourceDisk> disks) {
    ByteSize used = vm.info().size(Field.IN_USE);
    ByteSize sum = disks.stream().map(SourceDisk::size).reduce(ByteSize.ZERO, ByteSize::plus);
    if (vm.info().file().plain && used != null && !disks.isEmpty() && used.compareTo(sum) > 0) {
      vm.warn(
          "RVT-037",
          "more is used than all its disks hold; their whole size counts as used",
          "correct the used bytes or the sizes of the disks in the table",
          vm.info().place() + ": " + used + " of " + sum);
    }
  }

  private static boolean differ(ByteSize one, ByteSize other, int disks) {
    return Math.abs(one.bytes() - other.bytes()) > ROUNDING * Math.max(1, disks);
  }

  private void nics(List<SourceNic> nics) {
    Integer promised = vm.info().count(Field.NICS);
    if (promised != null && promised != nics.size() && seen.has(vm.info(), Topic.NETWORK)) {
      vm.warn(
          "RVT-033",
          "vInfo has another number of network cards than vNetwork",
          "export all sheets in one run of RVTools",
          promised + " and " + nics.size());
    }
  }

  private void state() {
    String connection = vm.info().word(Field.CONNECTION);
    String state = unusable(connection);
    if (state != null) {
      vm.block(
          "RVT-035",
          "vCenter itself cannot reach the VM: " + state,
          "mend it in vCenter (register it again, bring its datastore back), or leave it out",
          connection);
    } else if (connection.equals("disconnected")) {
      vm.warn(
          "RVT-035",
          "its host was not connected to vCenter; what the export tells of it may be old",
          "connect the host and export again",
          connection);
    }
    if (vm.info().answer(Field.CONSOLIDATE).isYes()) {
      vm.warn(
          "RVT-036",
          "its disks need consolidation: vSphere failed to remove a snapshot",
          "consolidate them in vCenter (Snapshots, Consolidate) before the move",
          "");
    }
  }

  private static @Nullable String unusable(String connection) {
    return switch (connection.toLowerCase(Locale.ROOT)) {
      case "orphaned", "inaccessible", "invalid" -> connection;
      default -> null;
    };
  }
}
