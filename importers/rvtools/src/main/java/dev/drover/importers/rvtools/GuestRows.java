package dev.drover.importers.rvtools;

import dev.drover.mappings.model.Answer;
import dev.drover.mappings.model.ByteSize;
import dev.drover.mappings.model.Guest;
import dev.drover.mappings.model.PowerState;
import dev.drover.mappings.model.SnapshotNode;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What runs inside one VM, and its snapshots. */
final class GuestRows {
  private final VmRows vm;

  GuestRows(VmRows vm) {
    this.vm = vm;
  }

  Guest read() {
    RowView info = vm.info();
    return new Guest(
        null,
        info.text(Field.OS_CONFIGURED),
        info.text(Field.OS_TOOLS),
        info.text(Field.DNS_NAME),
        tools(),
        filesystems(),
        Answer.UNKNOWN);
  }

  /** Null where unknown, and where none are installed. */
  private Guest.@Nullable Tools tools() {
    RowView row = vm.first(Topic.TOOLS);
    String state = row == null ? "" : row.word(Field.TOOLS).replace(" ", "");
    if (row == null || state.isEmpty() || state.contains("notinstalled")) {
      return null;
    }
    String version = row.key(Field.TOOLS_VERSION);
    return new Guest.Tools(
        "VMware Tools",
        age(
            version == null || version.equals("0") ? null : version,
            state.contains("old") || row.answer(Field.UPGRADEABLE).isYes()),
        state.contains("notrunning")
            ? Answer.NO
            : state.contains("ok") || state.contains("old") ? Answer.YES : Answer.UNKNOWN);
  }

  /** The model has no other place for it; the check of agents in guests looks for these words. */
  private static @Nullable String age(@Nullable String version, boolean old) {
    return old ? (version == null ? "" : version + ", ") + "out of date" : version;
  }

  private @Nullable List<Guest.Filesystem> filesystems() {
    List<RowView> rows = vm.rows(Topic.PARTITION);
    if (vm.power() != PowerState.ON || rows.isEmpty()) {
      return null;
    }
    List<Guest.Filesystem> filesystems = new ArrayList<>();
    for (RowView row : rows) {
      String mount = row.text(Field.DISK);
      ByteSize capacity = row.size(Field.CAPACITY);
      if (mount != null && capacity != null) {
        ByteSize free = row.size(Field.FREE);
        ByteSize consumed = free == null ? row.size(Field.CONSUMED) : null;
        if (consumed != null && consumed.compareTo(capacity) <= 0) {
          free = new ByteSize(capacity.bytes() - consumed.bytes());
        }
        filesystems.add(new Guest.Filesystem(mount, null, capacity, free));
      }
    }
    return filesystems;
  }

  /**
   * One beside the other: the export does not tell which is on top of which.
   *
   * @param known whether the export has the sheet
   */
  @Nullable List<SnapshotNode> snapshots(boolean known, @Nullable ZoneId zone) {
    List<SnapshotNode> snapshots = new ArrayList<>();
    for (RowView row : vm.rows(Topic.SNAPSHOT)) {
      String name = row.text(Field.NAME);
      snapshots.add(
          new SnapshotNode(
              name == null ? "snapshot " + (snapshots.size() + 1) : name,
              row.text(Field.DESCRIPTION),
              instant(Times.parse(row.text(Field.DATE)), zone),
              row.size(Field.SIZE),
              row.answer(Field.QUIESCED),
              List.of()));
    }
    return snapshots.isEmpty() && !known ? null : snapshots;
  }

  private static @Nullable Instant instant(@Nullable LocalDateTime time, @Nullable ZoneId zone) {
    return time == null || zone == null ? null : time.atZone(zone).toInstant();
  }
}
