package dev.drover.batch.run;

import dev.drover.batch.steps.VmBlocked;
import dev.drover.mappings.failure.EnvironmentFailed;
import dev.drover.mappings.failure.Failure;
import dev.drover.mappings.failure.Retry;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** Makes of whatever a step threw something that the user can read. */
final class Unexpected {
  private Unexpected() {}

  /**
   * A failure stays what it is.
   *
   * @param subject what it happened to
   * @param step the step
   * @see VmBlocked
   */
  static Failure explain(String subject, String step, Throwable problem) {
    if (problem instanceof Failure failure) {
      return failure;
    }
    if (problem instanceof DataAccessException || problem instanceof TransactionException) {
      return new EnvironmentFailed(
          subject,
          "the job repository could not be written in step \"" + step + "\"",
          "see that its disk has space and its server is there, then run \"drover resume\"",
          Retry.POINTLESS,
          innermost(problem));
    }
    if (problem instanceof OutOfMemoryError) {
      return new EnvironmentFailed(
          subject,
          "the memory of the Java process is used up in step \"" + step + "\"",
          "lower the wave's limits, or give more with JAVA_TOOL_OPTIONS=-Xmx2g; then run"
              + " \"drover resume\"");
    }
    return new EnvironmentFailed(
        subject,
        "something happened in step \"" + step + "\" that Drover did not expect: " + problem,
        "report it with the log of this run; \"drover resume\" tries again");
  }

  /** What the disk or the server said; those around it speak of statements. */
  private static Throwable innermost(Throwable problem) {
    Throwable cause = problem;
    while (cause.getCause() != null && cause.getCause() != cause) {
      cause = cause.getCause();
    }
    return cause;
  }
}
