package dev.drover.batch.steps;

import dev.drover.mappings.failure.Failure;
import dev.drover.mappings.failure.Retry;

/** The user or a signal stopped the run; what is unfinished goes on with {@code drover resume}. */
public final class Cancelled extends Failure {
  private static final long serialVersionUID = 1L;

  /** At that subject. */
  public Cancelled(String subject) {
    super(subject, "was interrupted", "go on with \"drover resume\"", Retry.POINTLESS, null);
  }
}
