package dev.drover.importers.rvtools;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.importers.api.VmListingContract;
import dev.drover.importers.api.VmSource;
import dev.drover.importers.api.VmSources;
import dev.drover.mappings.failure.SourceFailed;
import dev.drover.mappings.model.VmRef;
import dev.drover.mappings.plan.SourceSpec;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The listing's part of the contract: an export holds no disks. */
final class RvtoolsSourceContractTest extends VmListingContract {
  @SuppressWarnings("NullAway.Init") // JUnit sets it.
  @TempDir
  Path folder;

  @Override
  protected SourceSpec spec() {
    Sheets.csv(
        folder,
        "RVTools_tabvInfo.csv",
        Sheets.INFO,
        Sheets.info("a", "vm-1", "v", 1),
        Sheets.info("", "vm-2", "v", 1),
        Sheets.info("c", "vm-3", "v", 2));
    Sheets.csv(
        folder,
        "RVTools_tabvDisk.csv",
        Sheets.DISK,
        Sheets.disk("a", "vm-1", "v", 1, "100"),
        Sheets.disk("c", "vm-3", "v", 1, "100"),
        Sheets.disk("c", "vm-3", "v", 1, "200"));
    return SourceSpec.of("lab", "rvtools", folder.toString());
  }

  @Test
  void refusesToOpenAVmAndSaysWhatToDo() {
    try (VmSource source = VmSources.open(spec())) {
      SourceFailed failure =
          assertThrows(SourceFailed.class, () -> source.open(new VmRef("lab", "vm-1")).close());
      assertTrue(failure.what().contains("holds no disks"), failure.toString());
      assertTrue(failure.remedy().contains("vsphere"), failure.toString());
    }
  }
}
