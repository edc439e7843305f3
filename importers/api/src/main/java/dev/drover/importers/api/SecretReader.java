package dev.drover.importers.api;

import dev.drover.mappings.plan.CredentialsRef;

/**
 * Reads user and password from a Kubernetes Secret. Found through {@link java.util.ServiceLoader}:
 * importers know no cluster, so whoever has a client for one provides this.
 */
public interface SecretReader {
  /**
   * The values of the keys {@code username} and {@code password}.
   *
   * @throws dev.drover.mappings.failure.Failure when the Secret or one of its keys is not there
   */
  Credentials read(CredentialsRef.Secret secret);
}
