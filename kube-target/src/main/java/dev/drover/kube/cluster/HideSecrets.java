package dev.drover.kube.cluster;

import io.fabric8.kubernetes.client.Config;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Takes the secrets that a connection was made with out of what a server says: a server, or a proxy
 * before it, may repeat the header that it refused.
 */
final class HideSecrets {
  private HideSecrets() {}

  /** The text without the values that this configuration holds as secrets. */
  static String in(String text, Config config) {
    String[] secrets =
        Stream.of(
                config.getOauthToken(),
                config.getAutoOAuthToken(),
                config.getPassword(),
                config.getClientKeyPassphrase())
            .filter(Objects::nonNull)
            .filter(secret -> !secret.isBlank())
            .toArray(String[]::new);
    String safe = text;
    for (String secret : secrets) {
      safe = safe.replace(secret, "…");
    }
    return safe;
  }
}
