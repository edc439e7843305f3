package dev.drover.mappings.plan;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** Where a secret is found; never the secret. In JSON: {@code {"env": {"prefix": "DC1"}}}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.WRAPPER_OBJECT)
@JsonSubTypes({
  @JsonSubTypes.Type(value = CredentialsRef.Env.class, name = "env"),
  @JsonSubTypes.Type(value = CredentialsRef.File.class, name = "file"),
  @JsonSubTypes.Type(value = CredentialsRef.Secret.class, name = "secret")
})
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
