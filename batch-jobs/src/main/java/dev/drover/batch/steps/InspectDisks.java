package dev.drover.batch.steps;

import dev.drover.converters.DiskCopier;
import dev.drover.importers.api.VmSnapshot;
import dev.drover.mappings.disk.DiskSource;
import dev.drover.mappings.failure.Failure;
import dev.drover.mappings.failure.Retry;
import dev.drover.mappings.model.Finding;
import dev.drover.mappings.target.TargetVm;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the header of every disk, so that an image that is refused is known before any copy. */
public final class InspectDisks {
  private InspectDisks() {}

  /**
   * A blocker for each disk that could not be copied.
   *
   * @param vm what it becomes; null where the mapping found a reason that it cannot become anything
   * @param skipped ids of the disks that stay behind, which matter where {@code vm} is null
   * @param known what was found before; what it says already is not said again
   * @throws Failure where trying again may help
   */
  public static List<Finding> findings(
      DiskCopier copier,
      VmSnapshot snapshot,
      @Nullable TargetVm vm,
      Collection<String> skipped,
      List<Finding> known) {
    Map<String, Long> sizes = new LinkedHashMap<>();
    if (vm != null) {
      vm.disks().forEach(disk -> sizes.put(disk.sourceId(), disk.size().bytes()));
    } else {
      snapshot.vm().disks().stream()
          .filter(disk -> !skipped.contains(disk.id()))
          .forEach(disk -> sizes.put(disk.id(), disk.size().bytes()));
    }
    List<Finding> found = new ArrayList<>();
    sizes.forEach(
        (disk, size) ->
            refusal(copier, snapshot, disk, size)
                .filter(e -> !isAmong(known, e))
                .ifPresent(e -> found.add(finding(snapshot.vm().name(), e))));
    return found;
  }

  private static Optional<Failure> refusal(
      DiskCopier copier, VmSnapshot snapshot, String disk, long declared) {
    try {
      DiskSource source = snapshot.disk(disk);
      CopyDisks.refuseLargerThan(declared, source, copier.inspect(source).size());
      return Optional.empty();
    } catch (Failure e) {
      if (e.retry() == Retry.WORTHWHILE || e instanceof Cancelled) {
        throw e;
      }
      return Optional.of(e);
    }
  }

  /** The importer looked for the same file. */
  private static boolean isAmong(List<Finding> known, Failure refusal) {
    String text = refusal.subject() + ": " + refusal.what();
    return known.stream()
        .anyMatch(f -> f.severity() == Finding.Severity.BLOCKER && f.what().equals(text));
  }

  private static Finding finding(String vm, Failure refusal) {
    return Finding.blocker(
        "DISK-030", "a disk cannot be copied: " + Words.of(vm, refusal), refusal.remedy());
  }
}
