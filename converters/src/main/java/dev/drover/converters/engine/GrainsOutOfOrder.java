package dev.drover.converters.engine;

import dev.drover.mappings.failure.ConversionFailed;
import dev.drover.mappings.failure.HostileInput;
import dev.drover.mappings.failure.Retry;

/**
 * A streamOptimized VMDK whose grains do not stand in the order of the disk. The format allows it;
 * a reader that never goes back cannot take it, one that goes by the tables can. Nothing else is
 * wrong with the file: its markers and its tables name the same grains.
 */
public final class GrainsOutOfOrder extends ConversionFailed {
  private static final long serialVersionUID = 1L;

  GrainsOutOfOrder(HostileInput place) {
    super(place.subject(), place.what(), place.remedy(), Retry.POINTLESS, place);
  }
}
