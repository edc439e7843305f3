package dev.drover.mappings.assess;

import dev.drover.mappings.model.Answer;
import org.jspecify.annotations.Nullable;

/**
 * What a VM does today that its storage class at the target must be able to do.
 *
 * @param why what shows it at the source
 * @param storageClass the class that its disks would get, or null where nobody knows
 * @param met unknown where the profile does not say
 */
public record StorageNeed(
    Kind kind, String why, @Nullable String storageClass, Answer met, String remedy) {
  /** What a class may be able to do. */
  public enum Kind {
    READ_WRITE_MANY,
    SNAPSHOT,
    EXPANSION,
    BLOCK,
    LARGE_VOLUME,
    CLONE
  }
}
