package dev.drover.kube.cluster;

import dev.drover.mappings.failure.TargetFailed;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;

/** Finds CDI's upload proxy. */
final class LocateProxy {
  private static final Duration CONNECT = Duration.ofSeconds(20);

  private final Api api;
  private final TrustProxy trust;

  LocateProxy(Api api, TrustProxy trust) {
    this.api = api;
    this.trust = trust;
  }

  /**
   * The proxy, ready to be talked to.
   *
   * @throws TargetFailed when the cluster shows none
   */
  UploadProxy find() {
    return new UploadProxy(
        address(),
        HttpClient.newBuilder()
            // The proxy takes chunked bodies of HTTP/1.1; its HTTP/2 resets streams that are slow.
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .sslContext(trust.context())
            .build());
  }

  /** Its address, {@code https} where the cluster gives a bare host name. */
  URI address() {
    Resource config =
        ExplainRefusal.during("CDIConfig config", () -> api.get(Kind.CDI_CONFIG, "", "config"))
            .orElseThrow(
                () ->
                    new TargetFailed(
                        "CDIConfig config",
                        "the cluster has none",
                        "install CDI, and see that its operator says Deployed: kubectl get cdi"));
    String found = config.text("spec", "uploadProxyURLOverride");
    if (found.isEmpty()) {
      found = config.text("status", "uploadProxyURL");
    }
    if (found.isEmpty()) {
      throw new TargetFailed(
          "CDIConfig config",
          "the upload proxy has no address outside of the cluster",
          "expose the Service cdi-uploadproxy with an Ingress, Route or LoadBalancer, or name its"
              + " address: kubectl patch cdi cdi --type merge -p"
              + " '{\"spec\":{\"config\":{\"uploadProxyURLOverride\":\"https://HOST\"}}}'");
    }
    String url = found.contains("://") ? found : "https://" + found;
    try {
      return URI.create(url.endsWith("/") ? url.substring(0, url.length() - 1) : url);
    } catch (IllegalArgumentException e) {
      throw new TargetFailed(
          "CDIConfig config",
          "\"" + found + "\" is no address",
          "correct uploadProxyURLOverride: https://HOST[:PORT]");
    }
  }
}
