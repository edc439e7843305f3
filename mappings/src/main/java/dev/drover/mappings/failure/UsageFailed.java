package dev.drover.mappings.failure;

import org.jspecify.annotations.Nullable;

/** The user asked for something that cannot be: wrong arguments, a wrong plan. Exit code 2. */
public final class UsageFailed extends Failure {
  private static final long serialVersionUID = 1L;

  /** See {@link Failure}. */
  public UsageFailed(
      String subject, String what, String remedy, Retry retry, @Nullable Throwable cause) {
    super(subject, what, remedy, retry, cause);
  }

  /** A failure that Drover found itself and that a retry does not mend. */
  public UsageFailed(String subject, String what, String remedy) {
    this(subject, what, remedy, Retry.POINTLESS, null);
  }
}
