package dev.drover.mappings.disk;

import java.util.Locale;

/**
 * A digest over the bytes of a file as a manifest promises it.
 *
 * @param algorithm as {@link java.security.MessageDigest} spells it: SHA-1, SHA-256, SHA-512
 * @param hex lower case
 */
public record FileDigest(String algorithm, String hex) {
  public FileDigest {
    hex = hex.toLowerCase(Locale.ROOT);
    if (!hex.matches("[0-9a-f]{32,128}")) {
      throw new IllegalArgumentException("not a digest in hexadecimal: " + hex);
    }
  }
}
