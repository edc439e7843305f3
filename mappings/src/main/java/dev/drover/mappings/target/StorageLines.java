package dev.drover.mappings.target;

import dev.drover.mappings.model.SourceDisk;
import dev.drover.mappings.plan.StorageMapping;
import dev.drover.mappings.plan.StorageMapping.AccessMode;
import dev.drover.mappings.plan.VmPlan.DiskOverride;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The line of the storage map for a disk: the first whose source matches its datastore. */
final class StorageLines {
  private StorageLines() {}

  /** Empty where no line matches, which is a blocker. */
  static Optional<TargetDisk.Storage> of(
      Mapping m, SourceDisk disk, @Nullable DiskOverride override) {
    String datastore = disk.backing().datastore();
    Optional<StorageMapping> line =
        m.plan().storage().stream()
            .filter(l -> Wildcard.matches(l.source(), datastore))
            .findFirst();
    if (line.isEmpty()) {
      m.blocker(
          "STO-001",
          "no line of the storage map matches disk " + disk.label(),
          PlanLines.storage(datastore),
          datastore == null ? disk.id() + ": no datastore" : datastore);
      return Optional.empty();
    }
    checks(m, disk, line.get());
    return Optional.of(
        new TargetDisk.Storage(
            override != null && override.storageClass() != null
                ? override.storageClass()
                : line.get().storageClass(),
            line.get().accessMode(),
            line.get().volumeMode(),
            line.get().format(),
            line.get().compress()));
  }

  private static void checks(Mapping m, SourceDisk disk, StorageMapping line) {
    AccessMode mode = line.accessMode();
    if (mode == AccessMode.ReadOnlyMany) {
      m.blocker(
          "STO-002",
          "the storage map makes the volume of disk " + disk.label() + " read-only",
          "write ReadWriteOnce or ReadWriteMany in the line for " + PlanLines.quoted(line.source()),
          mode.name());
    } else if (mode != null
        && mode != AccessMode.ReadWriteMany
        && m.vm().placement().liveMigrated().isYes()) {
      m.warning(
          "STO-003",
          "the source moves it between hosts while it runs, which the target cannot with this"
              + " volume",
          "write accessMode: ReadWriteMany in the line for " + PlanLines.quoted(line.source()),
          mode.name());
    }
  }
}
