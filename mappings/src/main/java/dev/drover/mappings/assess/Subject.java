package dev.drover.mappings.assess;

import dev.drover.mappings.model.EstatePart;
import dev.drover.mappings.model.PowerState;
import dev.drover.mappings.model.SourceDisk;
import dev.drover.mappings.model.SourceVm;
import dev.drover.mappings.policy.MigrationPolicy;
import dev.drover.mappings.profile.TargetProfile;
import dev.drover.mappings.target.Platform.GuestFamily;
import dev.drover.mappings.target.SourceOutlook;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** One VM under a check, and all that a check may look at beside it. */
record Subject(
    SourceVm vm,
    SourceOutlook outlook,
    OsLife.@Nullable Entry life,
    TargetProfile profile,
    MigrationPolicy policy,
    LocalDate today,
    Sightings others,
    EstateIndex estate) {

  boolean on() {
    return vm.power() == PowerState.ON;
  }

  boolean windows() {
    return outlook.family() == GuestFamily.WINDOWS;
  }

  /** The class that a disk would get; null where neither policy nor profile says. */
  @Nullable String storageClass(SourceDisk disk) {
    return ChosenClass.of(disk.backing().datastore(), policy, profile);
  }

  EstatePart.@Nullable Cluster cluster() {
    return estate.cluster(vm);
  }
}
