package dev.drover.batch.steps;

import dev.drover.converters.DiskCopier;
import dev.drover.importers.api.VmSnapshot;
import dev.drover.mappings.disk.DiskSource;
import dev.drover.mappings.failure.Failure;
import dev.drover.mappings.failure.Retry;
import dev.drover.mappings.model.Finding;
import dev.drover.mappings.target.TargetDisk;
import dev.drover.mappings.target.TargetVm;
import java.util.ArrayList;
import java.util.List;

/** Reads the header of every disk, so that an image that is refused is known before any copy. */
public final class InspectDisks {
  private InspectDisks() {}

  /**
   * A blocker for each disk that could not be copied.
   *
   * @throws Failure where trying again may help
   */
  public static List<Finding> findings(DiskCopier copier, VmSnapshot snapshot, TargetVm vm) {
    List<Finding> found = new ArrayList<>();
    for (TargetDisk disk : vm.disks()) {
      try {
        DiskSource source = snapshot.disk(disk.sourceId());
        CopyDisks.refuseLargerThan(disk, source, copier.inspect(source).size());
      } catch (Failure e) {
        if (e.retry() == Retry.WORTHWHILE || e instanceof Cancelled) {
          throw e;
        }
        found.add(
            Finding.blocker(
                "DISK-030",
                "a disk cannot be copied: " + Words.of(vm.sourceName(), e),
                e.remedy()));
      }
    }
    return found;
  }
}
