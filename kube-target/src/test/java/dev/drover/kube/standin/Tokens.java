package dev.drover.kube.standin;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Tokens of uploads. A real one lives five minutes; a token lets in one claim only. */
final class Tokens {
  private static final Duration LIFE = Duration.ofMinutes(5);

  private final Map<String, Token> issued = new ConcurrentHashMap<>();

  private record Token(String namespace, String claim, long until) {}

  /** {@code namespace/claim} that a token opens. */
  String issue(String namespace, String claim) {
    String token = UUID.randomUUID().toString();
    issued.put(token, new Token(namespace, claim, System.nanoTime() + LIFE.toNanos()));
    return token;
  }

  /** {@code namespace/claim}, empty for a token that is wrong or has run out. */
  Optional<String> opens(String token) {
    return Optional.ofNullable(issued.get(token))
        .filter(t -> System.nanoTime() < t.until())
        .map(t -> t.namespace() + "/" + t.claim());
  }

  /** How many were asked for. */
  int count() {
    return issued.size();
  }
}
