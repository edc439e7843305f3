package dev.drover.converters.engine;

import dev.drover.mappings.failure.ConversionFailed;

/**
 * What a source gives again is not what was copied of it before the copy was interrupted: what is
 * at the target is worth nothing, and the copy begins again.
 */
public final class SourceChanged extends ConversionFailed {
  private static final long serialVersionUID = 1L;

  SourceChanged(String label) {
    super(
        label,
        "the source has changed since the copy of it was interrupted",
        "let the VM be off, or held by a snapshot, until it is copied");
  }
}
