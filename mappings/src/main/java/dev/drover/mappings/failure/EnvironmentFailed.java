package dev.drover.mappings.failure;

import org.jspecify.annotations.Nullable;

/** This machine lacks something: a program, a file, space, a permission. Exit code 3. */
public final class EnvironmentFailed extends Failure {
  private static final long serialVersionUID = 1L;

  /** See {@link Failure}. */
  public EnvironmentFailed(
      String subject, String what, String remedy, Retry retry, @Nullable Throwable cause) {
    super(subject, what, remedy, retry, cause);
  }

  /** A failure that Drover found itself and that a retry does not mend. */
  public EnvironmentFailed(String subject, String what, String remedy) {
    this(subject, what, remedy, Retry.POINTLESS, null);
  }
}
