package dev.drover.importers.rvtools;

import dev.drover.importers.api.Discovery;
import dev.drover.mappings.model.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which export speaks for which vCenter. Two that share a VM are of different days, and the newest
 * wins as a whole: a VM that only the older one has is gone. Two that share none are parts of one
 * vCenter, and both count.
 */
final class Merge {
  private final Vcenters vcenters;
  private final Set<Long> dropped = new HashSet<>();
  private final List<Export> exports;
  private final List<Discovery> notices = new ArrayList<>();

  Merge(List<Export> exports, Vcenters vcenters) {
    this.exports = exports;
    this.vcenters = vcenters;
    if (exports.size() > 1) {
      decide();
    }
  }

  /** Whether what an export tells of a vCenter counts. */
  boolean counts(Export export, int vcenter) {
    return dropped.isEmpty() || !dropped.contains(key(exports.indexOf(export), vcenter));
  }

  List<Discovery> notices() {
    return notices;
  }

  private static long key(int export, int vcenter) {
    return (long) export << 32 | vcenter;
  }

  private void decide() {
    Map<Integer, Map<Integer, Set<String>>> byVcenter = new TreeMap<>();
    for (int i = 0; i < exports.size(); i++) {
      Export export = exports.get(i);
      for (int[] row : export.rows(Topic.INFO)) {
        String id = export.text(Topic.INFO, row, VmKeys.field(export, row));
        if (id != null) {
          byVcenter
              .computeIfAbsent(vcenters.of(export, Topic.INFO, row), v -> new TreeMap<>())
              .computeIfAbsent(i, e -> new HashSet<>())
              .add(id);
        }
      }
    }
    byVcenter.forEach(this::decide);
  }

  private void decide(int vcenter, Map<Integer, Set<String>> ids) {
    Map<Integer, LocalDateTime> times = new HashMap<>();
    ids.keySet().forEach(i -> times.put(i, time(exports.get(i))));
    List<Integer> newestFirst = new ArrayList<>(ids.keySet());
    newestFirst.sort(
        Comparator.<Integer, LocalDateTime>comparing(times::get).reversed().thenComparing(i -> i));
    List<Integer> kept = new ArrayList<>();
    for (int each : newestFirst) {
      Set<String> own = ids.getOrDefault(each, Set.of());
      Integer newer =
          kept.stream()
              .filter(k -> ids.getOrDefault(k, Set.of()).stream().anyMatch(own::contains))
              .findFirst()
              .orElse(null);
      if (newer == null) {
        kept.add(each);
      } else {
        drop(vcenter, each, newer, own, ids.getOrDefault(newer, Set.of()), times);
      }
    }
  }

  private void drop(
      int vcenter,
      int older,
      int newer,
      Set<String> own,
      Set<String> others,
      Map<Integer, LocalDateTime> times) {
    dropped.add(key(older, vcenter));
    long gone = own.stream().filter(id -> !others.contains(id)).count();
    notices.add(
        new Discovery.Noticed(
            exports.get(older).name,
            Finding.warning(
                    "RVT-015",
                    "this is an export of a vCenter of which "
                        + exports.get(newer).name
                        + " is as new or newer; what it says of it is left out, with "
                        + gone
                        + " VMs that only it has",
                    "keep the export that counts in the folder, and the other one elsewhere")
                .with(vcenters.name(vcenter) + ": " + times.get(older) + ", " + times.get(newer))));
  }

  /** When RVTools wrote it; else when its newest file was last changed, which a copy may touch. */
  private static LocalDateTime time(Export export) {
    for (int[] row : export.rows(Topic.METADATA)) {
      LocalDateTime time = Times.parse(export.text(Topic.METADATA, row, Field.DATE));
      if (time != null) {
        return time;
      }
    }
    LocalDateTime newest = LocalDateTime.MIN;
    for (ExportFile file : export.files) {
      try {
        LocalDateTime time =
            LocalDateTime.ofInstant(
                Files.getLastModifiedTime(file.path).toInstant(), ZoneOffset.UTC);
        newest = time.isAfter(newest) ? time : newest;
      } catch (IOException e) {
        // It was read a moment ago; without its time it counts as old.
      }
    }
    return newest;
  }
}
