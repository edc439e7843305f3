package dev.drover.importers.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.mappings.disk.DiskSource;
import dev.drover.mappings.failure.Failure;
import dev.drover.mappings.failure.SourceFailed;
import dev.drover.mappings.model.SourceDisk;
import dev.drover.mappings.model.SourceVm;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every {@link VmSource} does whose disks can be read, beside {@link VmListingContract}. */
public abstract class VmSourceContract extends VmListingContract {
  @Test
  void opensWhatItListed() throws Exception {
    try (VmSource source = VmSources.open(spec())) {
      for (SourceVm vm : vms()) {
        try (VmSnapshot snapshot = source.open(vm.ref())) {
          assertEquals(vm.identity(), snapshot.vm().identity());
          assertEquals(vm.disks(), snapshot.vm().disks());
        }
      }
    }
  }

  @Test
  void saysWhereTheBytesOfEachDiskAre() throws Exception {
    try (VmSource source = VmSources.open(spec())) {
      for (SourceVm vm : vms()) {
        try (VmSnapshot snapshot = source.open(vm.ref())) {
          for (SourceDisk disk : vm.disks()) {
            check(disk, snapshot.disk(disk.id()));
          }
        }
      }
    }
  }

  private static void check(SourceDisk disk, DiskSource source) {
    assertFalse(source.label().isBlank());
    if (source instanceof DiskSource.Blank blank) {
      assertEquals(disk.size(), blank.size());
    } else if (source instanceof DiskSource.ImageFile image) {
      assertNotEquals(List.of(), image.parts());
      image.parts().forEach(part -> assertTrue(part.file().isAbsolute(), part.toString()));
    }
  }

  @Test
  void refusesADiskThatIsNotThere() throws Exception {
    SourceVm vm = vms().get(0);
    try (VmSource source = VmSources.open(spec())) {
      try (VmSnapshot snapshot = source.open(vm.ref())) {
        Failure noDisk = assertThrows(SourceFailed.class, () -> snapshot.disk("no-such-disk"));
        assertTrue(noDisk.toString().contains("no-such-disk"), noDisk.toString());
      }
    }
  }
}
