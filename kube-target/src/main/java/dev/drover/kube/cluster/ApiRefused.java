package dev.drover.kube.cluster;

import org.jspecify.annotations.Nullable;

/** What the API server answered when it did not do as asked. Never leaves this package. */
final class ApiRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The code of an answer that did not come. */
  static final int NO_ANSWER = 0;

  private final int code;
  private final String reason;
  private final String request;

  /**
   * @param code of HTTP, or {@link #NO_ANSWER}
   * @param reason the Status' machine-readable word, or empty: {@code AlreadyExists}
   * @param request what was asked: {@code create datavolumes.cdi.kubevirt.io in namespace "web"}
   * @param message the server's own words
   */
  ApiRefused(int code, String reason, String request, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.code = code;
    this.reason = reason;
    this.request = request;
  }

  int code() {
    return code;
  }

  String reason() {
    return reason;
  }

  String request() {
    return request;
  }

  /** The server's own words, in one line. */
  String words() {
    String message = getMessage();
    return message == null ? "" : message.strip().replaceAll("\\s+", " ");
  }
}
