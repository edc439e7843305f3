package dev.drover.converters;

import java.nio.file.Path;
import java.util.Map;

/** Opens the copier. */
public final class DiskCopiers {
  private DiskCopiers() {}

  /**
   * A copier that uses programs of this machine.
   *
   * @param scratch a folder for what cannot be read in place; created where it is missing, and left
   *     empty
   * @throws dev.drover.mappings.failure.EnvironmentFailed when a program is missing
   */
  public static DiskCopier open(Path scratch) {
    throw new UnsupportedOperationException(scratch.toString());
  }

  /** Versions of the programs that take part, by name, for the evidence. */
  public static Map<String, String> tools() {
    throw new UnsupportedOperationException();
  }
}
