package dev.drover.importers.ova;

import dev.drover.mappings.failure.SourceFailed;
import dev.drover.mappings.model.Finding;

/** A descriptor that cannot be understood, with the place in it. */
final class OvfInvalid extends SourceFailed {
  private static final long serialVersionUID = 1L;

  private final String code;

  /**
   * @param code as in {@link Finding}
   */
  OvfInvalid(String code, Place place, String what, String remedy) {
    super(place.toString(), what, remedy);
    this.code = code;
  }

  String code() {
    return code;
  }
}
