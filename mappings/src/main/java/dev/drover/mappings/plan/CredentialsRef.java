package dev.drover.mappings.plan;

/** Where a secret is found; never the secret. */
public sealed interface CredentialsRef {
  /** Environment variables {@code PREFIX_USERNAME} and {@code PREFIX_PASSWORD}. */
  record Env(String prefix) implements CredentialsRef {}

  /**
   * A file of two lines, {@code username: …} and {@code password: …}, that only its owner reads.
   */
  record File(String path) implements CredentialsRef {}

  /** A Kubernetes Secret with the keys {@code username} and {@code password}. */
  record Secret(String namespace, String name) implements CredentialsRef {}
}
