package dev.drover.mappings.target;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/** Names as RFC 1123 has labels: at most 63 of {@code a-z}, {@code 0-9} and {@code -}. */
final class DnsLabel {
  /** The longest label. */
  static final int LONGEST = 63;

  private static final Pattern VALID = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
  private static final Pattern MARKS = Pattern.compile("\\p{M}+");
  private static final Pattern OTHERS = Pattern.compile("[^a-z0-9]+");
  private static final int HASH = 6;

  private DnsLabel() {}

  static boolean valid(String name) {
    return VALID.matcher(name).matches();
  }

  /**
   * The nearest label: accents go, everything else that does not fit becomes a dash. What is cut or
   * wholly lost leaves a hash of the whole name behind, so that two long names stay two.
   */
  static String of(String name) {
    String plain = MARKS.matcher(Normalizer.normalize(name, Normalizer.Form.NFKD)).replaceAll("");
    String label = trim(OTHERS.matcher(plain.toLowerCase(Locale.ROOT)).replaceAll("-"));
    if (label.isEmpty()) {
      return "vm-" + hash(name);
    }
    return label.length() <= LONGEST ? label : cut(label, LONGEST - HASH - 1) + "-" + hash(name);
  }

  /** A label with a suffix that is always whole; the stem is cut and marked where both are long. */
  static String withSuffix(String label, String suffix) {
    if (label.length() + suffix.length() <= LONGEST) {
      return label + suffix;
    }
    return cut(label, LONGEST - suffix.length() - HASH - 1) + "-" + hash(label) + suffix;
  }

  private static String cut(String label, int length) {
    return trim(label.substring(0, length));
  }

  private static String trim(String label) {
    int from = 0;
    int to = label.length();
    while (from < to && label.charAt(from) == '-') {
      from++;
    }
    while (to > from && label.charAt(to - 1) == '-') {
      to--;
    }
    return label.substring(from, to);
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
