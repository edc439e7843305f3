package dev.drover.kube.cluster;

import java.util.Map;

/** Asks CDI for the token of one upload. It lives five minutes, so each try asks anew. */
final class RequestToken {
  private final Api api;

  RequestToken(Api api) {
    this.api = api;
  }

  /** A secret: it goes into one header and nowhere else. */
  String forClaimOf(Resource volume) {
    Map<String, Object> request =
        Map.of(
            "apiVersion",
            Kind.UPLOAD_TOKEN.apiVersion(),
            "kind",
            Kind.UPLOAD_TOKEN.text(),
            "metadata",
            Map.of("name", volume.name(), "namespace", volume.namespace()),
            "spec",
            Map.of("pvcName", volume.name()));
    String token =
        api.create(Kind.UPLOAD_TOKEN, volume.namespace(), request).text("status", "token");
    if (token.isEmpty()) {
      throw new ApiRefused(
          500, "", "create " + Kind.UPLOAD_TOKEN.resource(), "the answer holds no token", null);
    }
    return token;
  }
}
