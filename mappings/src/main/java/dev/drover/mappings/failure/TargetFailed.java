package dev.drover.mappings.failure;

import org.jspecify.annotations.Nullable;

/** The target refused or could not do what was asked. */
public class TargetFailed extends Failure {
  private static final long serialVersionUID = 1L;

  /** See {@link Failure}. */
  public TargetFailed(
      String subject, String what, String remedy, Retry retry, @Nullable Throwable cause) {
    super(subject, what, remedy, retry, cause);
  }

  /** A failure that Drover found itself and that a retry does not mend. */
  public TargetFailed(String subject, String what, String remedy) {
    this(subject, what, remedy, Retry.POINTLESS, null);
  }
}
