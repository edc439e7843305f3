package dev.drover.mappings.failure;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The root of everything that Drover throws on purpose. A failure names its subject (a file with
 * its place, a VM, an object on the cluster), says what happened and what the user can do about it.
 *
 * <p>A problem of a VM that is found before anything runs is no failure but a {@link
 * dev.drover.mappings.model.Finding}.
 */
public abstract class Failure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String subject;
  private final String what;
  private final String remedy;
  private final Retry retry;

  /**
   * @param subject what it happened to, as the user knows it: {@code disk "web-1/disk0"}, {@code
   *     ./appliances/web.ova}
   * @param what one clause, without a full stop: {@code the archive ends in the middle of an entry}
   * @param remedy what to do, in the imperative: {@code copy the file again}
   * @param cause null where Drover itself found the problem
   */
  protected Failure(
      String subject, String what, String remedy, Retry retry, @Nullable Throwable cause) {
    super(subject + ": " + what + causeText(cause) + ". Remedy: " + remedy, cause);
    this.subject = Objects.requireNonNull(subject);
    this.what = what + causeText(cause);
    this.remedy = Objects.requireNonNull(remedy);
    this.retry = Objects.requireNonNull(retry);
  }

  private static String causeText(@Nullable Throwable cause) {
    if (cause == null || cause.getMessage() == null || cause instanceof Failure) {
      return "";
    }
    return " (" + cause.getMessage() + ")";
  }

  /** What it happened to. */
  public String subject() {
    return subject;
  }

  /** What happened. */
  public String what() {
    return what;
  }

  /** What to do about it. */
  public String remedy() {
    return remedy;
  }

  /** Whether the retry policy applies. */
  public Retry retry() {
    return retry;
  }
}
