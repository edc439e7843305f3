package dev.drover.mappings.failure;

import org.jspecify.annotations.Nullable;

/** The source could not be listed, opened or read. */
public class SourceFailed extends Failure {
  private static final long serialVersionUID = 1L;

  /** See {@link Failure}. */
  public SourceFailed(
      String subject, String what, String remedy, Retry retry, @Nullable Throwable cause) {
    super(subject, what, remedy, retry, cause);
  }

  /** A failure that Drover found itself and that a retry does not mend. */
  public SourceFailed(String subject, String what, String remedy) {
    this(subject, what, remedy, Retry.POINTLESS, null);
  }
}
