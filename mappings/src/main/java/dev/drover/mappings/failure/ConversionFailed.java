package dev.drover.mappings.failure;

import org.jspecify.annotations.Nullable;

/** A disk could not be read, converted, written or verified. */
public class ConversionFailed extends Failure {
  private static final long serialVersionUID = 1L;

  /** See {@link Failure}. */
  public ConversionFailed(
      String subject, String what, String remedy, Retry retry, @Nullable Throwable cause) {
    super(subject, what, remedy, retry, cause);
  }

  /** A failure that Drover found itself and that a retry does not mend. */
  public ConversionFailed(String subject, String what, String remedy) {
    this(subject, what, remedy, Retry.POINTLESS, null);
  }
}
