package dev.drover.importers.api;

import dev.drover.mappings.plan.SourceSpec;

/** Found through {@link java.util.ServiceLoader}: one for each kind of source. */
public interface VmSourceProvider {
  /** The key in a plan and before the colon of {@code --source}: {@code ova}. */
  String type();

  /** One line for {@code drover inventory --help}. */
  String description();

  /**
   * Opens a source; reads as little as it can.
   *
   * @throws dev.drover.mappings.failure.SourceFailed when it cannot be reached
   * @throws dev.drover.mappings.failure.UsageFailed when the location or an option makes no sense
   */
  VmSource open(SourceSpec spec);
}
