package dev.drover.mappings.yaml;

import java.util.List;
import java.util.Locale;

/** Knows the names under which people write secrets into files. */
public final class Secrets {
  /** What to write instead. */
  public static final String REMEDY =
      "a reference: credentials: {env: PREFIX}, {file: PATH} or {secret: {namespace: …, name: …}}";

  private static final List<String> PARTS =
      List.of("passw", "passphrase", "pwd", "secret", "token", "apikey", "privatekey");
  private static final List<String> USERS = List.of("user", "login", "key");

  private Secrets() {}

  /** Whether a key of that name would hold a secret or a user. */
  public static boolean isName(String key) {
    String plain = plain(key);
    return isSecret(key) || USERS.contains(plain) || plain.contains("username");
  }

  /** Whether what is called so is a secret by itself, as a user's name is not. */
  public static boolean isSecret(String name) {
    String plain = plain(name);
    return plain.equals("pass") || PARTS.stream().anyMatch(plain::contains);
  }

  private static String plain(String key) {
    return key.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
  }
}
