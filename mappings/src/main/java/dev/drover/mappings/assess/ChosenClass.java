package dev.drover.mappings.assess;

import dev.drover.mappings.policy.MigrationPolicy;
import dev.drover.mappings.policy.MigrationPolicy.ClassChoice;
import dev.drover.mappings.profile.TargetProfile;
import dev.drover.mappings.profile.TargetProfile.StorageClass;
import dev.drover.mappings.target.Wildcard;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which storage class the disks of a datastore get. */
public final class ChosenClass {
  private ChosenClass() {}

  /** The policy's choice, else the profile's default class, else null: nobody knows. */
  public static @Nullable String of(
      @Nullable String datastore, MigrationPolicy policy, TargetProfile profile) {
    for (ClassChoice choice : policy.storage()) {
      if (Wildcard.matches(choice.source(), datastore)) {
        return choice.storageClass();
      }
    }
    List<StorageClass> all = profile.storageClasses();
    if (all == null) {
      return null;
    }
    for (StorageClass one : all) {
      if (one.isDefault().isYes()) {
        return one.name();
      }
    }
    return null;
  }
}
