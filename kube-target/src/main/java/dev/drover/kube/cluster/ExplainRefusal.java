package dev.drover.kube.cluster;

import dev.drover.mappings.failure.Retry;
import dev.drover.mappings.failure.TargetFailed;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;

/** Turns what an API server refuses into what the user reads. */
final class ExplainRefusal {
  /** Of which a command may be in the middle or before. */
  private static final String AGAIN = "\"drover resume\" goes on with a run that had begun";

  /** Server-side apply says this of an unknown field, and calls it a 500. */
  private static final String NOT_DECLARED = "field not declared in schema";

  private ExplainRefusal() {}

  /** Does it; a refusal becomes a failure of that subject. */
  static <T> T during(String subject, Supplier<T> work) {
    try {
      return work.get();
    } catch (ApiRefused e) {
      throw of(subject, e);
    }
  }

  /** The failure that a refusal is. */
  static TargetFailed of(String subject, ApiRefused refusal) {
    String words = refusal.words().isEmpty() ? "" : ": " + refusal.words();
    String status = "the API server answered " + refusal.code() + " to " + refusal.request();
    if (refusal.words().contains(NOT_DECLARED)) {
      return notTaken(subject, words);
    }
    switch (refusal.code()) {
      case ApiRefused.NO_ANSWER:
        return noAnswer(subject, refusal, words);
      case 400:
      case 422:
        return notTaken(subject, words);
      case 401:
        return pointless(
            subject,
            status + ", the credentials are not accepted" + words,
            "log in again, or put credentials that are still valid into the kubeconfig");
      case 403:
        return forbidden(subject, refusal, words);
      case 404:
        return pointless(
            subject,
            status + words,
            "install KubeVirt and CDI on this cluster and create the namespace; \"drover run"
                + " --dry-run\" lists what is missing");
      case 409:
        return conflict(subject, refusal, words);
      case 429:
        return worthwhile(
            subject,
            status + ", it is busy" + words,
            "try again later, or lower the wave's limits; " + AGAIN);
      default:
        return refusal.code() >= 500
            ? worthwhile(
                subject, status + words, "look at the API server's log, then try again; " + AGAIN)
            : pointless(subject, status + words, "see what the answer says");
    }
  }

  private static TargetFailed notTaken(String subject, String words) {
    return pointless(
        subject,
        "the cluster does not take this object" + words,
        "correct what it names in the plan; a field that the plan does not set means that this"
            + " cluster's KubeVirt or CDI is older than Drover expects");
  }

  private static TargetFailed noAnswer(String subject, ApiRefused refusal, String words) {
    for (Throwable t = refusal; t != null; t = t.getCause()) {
      if (t instanceof SSLException) {
        return pointless(
            subject,
            "the API server's certificate is not trusted" + words,
            "put the CA that signed it into the kubeconfig (certificate-authority-data)");
      }
    }
    return worthwhile(
        subject,
        "no answer to " + refusal.request() + words,
        "see that the API server can be reached from here, then try again");
  }

  private static TargetFailed forbidden(String subject, ApiRefused refusal, String words) {
    if (refusal.words().contains("exceeded quota")) {
      return pointless(
          subject,
          "a quota of the namespace is used up" + words,
          "have an administrator raise it (ResourceQuota): kubectl get resourcequota -A");
    }
    return pointless(
        subject,
        "not allowed to " + refusal.request() + words,
        "have an administrator of the cluster allow it, or use another user's kubeconfig; what you"
            + " may do: kubectl auth can-i --list");
  }

  private static TargetFailed conflict(String subject, ApiRefused refusal, String words) {
    if (refusal.words().startsWith("Apply failed with")) {
      return pointless(
          subject,
          "another manager has set fields that Drover sets" + words,
          "undo that manager's change or let it go of the object; Drover takes nothing by force");
    }
    return worthwhile(
        subject,
        "the object changed at the same moment, or is there already" + words,
        "try again; " + AGAIN);
  }

  private static TargetFailed worthwhile(String subject, String what, String remedy) {
    return new TargetFailed(subject, what, remedy, Retry.WORTHWHILE, null);
  }

  private static TargetFailed pointless(String subject, String what, String remedy) {
    return new TargetFailed(subject, what, remedy);
  }
}
