package dev.drover.batch.run;

import dev.drover.importers.api.Credentials;
import dev.drover.importers.api.SecretReader;
import dev.drover.kube.ClusterSecrets;
import dev.drover.mappings.failure.UsageFailed;
import dev.drover.mappings.plan.CredentialsRef;
import java.util.Map;
import java.util.function.BiFunction;

/** Gives importers what is in a Secret, since they know no cluster themselves. */
public final class ClusterSecretReader implements SecretReader {
  private final BiFunction<String, String, Map<String, String>> secrets;

  /** For {@link java.util.ServiceLoader}. */
  public ClusterSecretReader() {
    this(ClusterSecrets::read);
  }

  ClusterSecretReader(BiFunction<String, String, Map<String, String>> secrets) {
    this.secrets = secrets;
  }

  @Override
  public Credentials read(CredentialsRef.Secret secret) {
    Map<String, String> values = secrets.apply(secret.namespace(), secret.name());
    // Files that editors make end in a line feed, which belongs to neither.
    String username = values.getOrDefault("username", "").stripTrailing();
    String password = values.getOrDefault("password", "").replaceFirst("\r?\n$", "");
    if (username.isBlank() || password.isEmpty()) {
      throw new UsageFailed(
          "Secret " + secret.namespace() + "/" + secret.name(),
          "lacks the key " + (username.isBlank() ? "username" : "password") + ", or it is empty",
          "put both keys into it");
    }
    return new Credentials(username, password);
  }
}
