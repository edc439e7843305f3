package dev.drover.mappings.yaml;

import java.util.List;
import java.util.Locale;

/** Knows the names under which people write secrets into files. */
public final class Secrets {
  /** What to write instead. */
  public static final String REMEDY =
      "a reference: credentials: {env: PREFIX}, {file: PATH} or {secret: {namespace: …, name: …}}";

  private static final List<String> PARTS =
      List.of("passw", "passphrase", "pwd", "secret", "token", "apikey", "privatekey", "username");
  private static final List<String> WORDS = List.of("user", "pass", "login", "key");

  private Secrets() {}

  /** Whether a key of that name would hold a secret or a user. */
  public static boolean isName(String key) {
    String plain = key.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
    return WORDS.contains(plain) || PARTS.stream().anyMatch(plain::contains);
  }
}
