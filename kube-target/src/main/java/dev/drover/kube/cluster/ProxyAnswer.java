package dev.drover.kube.cluster;

import dev.drover.mappings.failure.Retry;
import dev.drover.mappings.failure.TargetFailed;
import java.io.IOException;
import java.net.http.HttpResponse;
import javax.net.ssl.SSLException;

/** What the upload proxy's answers mean; from CDI's pkg/uploadproxy and pkg/uploadserver. */
final class ProxyAnswer {
  private ProxyAnswer() {}

  /** Whether it is well. */
  static boolean good(int code) {
    return code >= 200 && code < 300;
  }

  /** What an answer other than a good one is. */
  static TargetFailed failure(String subject, HttpResponse<String> answer) {
    String body = answer.body() == null ? "" : answer.body().strip();
    String said =
        "the upload proxy answered "
            + answer.statusCode()
            + (body.isEmpty() ? "" : ": " + (body.length() > 200 ? body.substring(0, 200) : body));
    switch (answer.statusCode()) {
      case 400:
        return new TargetFailed(
            subject,
            said + "; the volume is too small for this disk, or the proxy did not get the token",
            "see that nothing between here and the proxy removes the Authorization header; on a"
                + " file system volume raise CDI's filesystemOverhead");
      case 401:
      case 403:
        return again(
            subject,
            said + "; it does not accept the token",
            "see that the clocks of the cluster agree; each try asks for a new token");
      case 404:
        return new TargetFailed(
            subject,
            said + "; there is no CDI behind this address",
            "correct the Ingress or Route of cdi-uploadproxy, or uploadProxyURLOverride");
      case 409:
        return again(
            subject,
            said + "; the volume was filled already",
            "run \"drover resume\"; Drover makes the volume again");
      case 413:
        return new TargetFailed(
            subject,
            said + "; something in front of the proxy limits the size of a body",
            "lift it; for an nginx Ingress: nginx.ingress.kubernetes.io/proxy-body-size: \"0\" and"
                + " proxy-request-buffering: \"off\"");
      case 503:
        return again(
            subject,
            said + "; its upload pod is not ready, or another upload is under way",
            "look at the pod cdi-upload-…, then run \"drover resume\"");
      default:
        return again(
            subject, said, "look at the log of the pod cdi-upload-…, then run \"drover resume\"");
    }
  }

  /**
   * No answer came.
   *
   * @param progress how far the upload was; empty before its first byte
   */
  static TargetFailed noAnswer(String subject, String progress, Throwable cause) {
    if (progress.isEmpty() && isAboutTrust(cause)) {
      return new TargetFailed(
          subject,
          "the upload proxy's certificate is not trusted",
          "make ConfigMap cdi/cdi-uploadproxy-signer-bundle readable for this user, or put the CA"
              + " that signed it into the kubeconfig; its host name must be in the certificate",
          Retry.POINTLESS,
          cause);
    }
    return new TargetFailed(
        subject,
        "the connection to the upload proxy broke" + progress,
        "see that time-outs of ingress and load balancer allow long uploads, then run \"drover"
            + " resume\"; the upload starts again at its first byte",
        Retry.WORTHWHILE,
        cause instanceof IOException ? cause : null);
  }

  private static boolean isAboutTrust(Throwable cause) {
    for (Throwable t = cause; t != null; t = t.getCause()) {
      if (t instanceof SSLException) {
        return true;
      }
    }
    return false;
  }

  private static TargetFailed again(String subject, String what, String remedy) {
    return new TargetFailed(subject, what, remedy, Retry.WORTHWHILE, null);
  }
}
