package dev.drover.mappings.target;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** RFC 1123's labels, and labels that are made of them. {@code Names} makes one of any text. */
final class DnsLabel {
  /** The longest label. */
  static final int LONGEST = 63;

  private static final Pattern VALID = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
  private static final int HASH = 6;

  private DnsLabel() {}

  static boolean valid(String name) {
    return VALID.matcher(name).matches();
  }

  /** A label with a suffix that is always whole; the stem is cut and marked where both are long. */
  static String withSuffix(String label, String suffix) {
    if (label.length() + suffix.length() <= LONGEST) {
      return label + suffix;
    }
    // A dash where it is cut needs no care: what follows is a dash and digits, so that it is valid.
    return label.substring(0, LONGEST - suffix.length() - HASH - 1) + "-" + hash(label) + suffix;
  }

  private static String hash(String name) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, HASH);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
