package dev.drover.mappings.model;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/** RFC 1123's labels, and labels that are made of any text. */
public final class DnsLabel {
  /** RFC 1123, section 2.1: a label has at most 63 octets. */
  public static final int LONGEST = 63;

  private static final Pattern VALID = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
  private static final int HASH = 6;

  private DnsLabel() {}

  /** Whether it is one. */
  public static boolean valid(String name) {
    return VALID.matcher(name).matches();
  }

  /**
   * The nearest RFC 1123 label: at most 63 characters of {@code a-z}, {@code 0-9} and dashes, with
   * none at either end. Accents are dropped, everything else that does not fit becomes a dash, a
   * run of dashes becomes one. A name of which nothing is left becomes {@code vm}.
   *
   * @param name any text
   */
  public static String of(String name) {
    return of(name, LONGEST);
  }

  /** The same, at most that many characters long, at least 1. */
  public static String of(String name, int length) {
    // More than this cannot matter, and normalising a hostile megabyte costs time.
    String head = name.length() > 1024 ? name.substring(0, 1024) : name;
    String plain = Normalizer.normalize(head, Normalizer.Form.NFKD).toLowerCase(Locale.ROOT);
    StringBuilder label = new StringBuilder();
    for (int i = 0; i < plain.length() && label.length() < length; i++) {
      char c = plain.charAt(i);
      if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
        label.append(c);
      } else if (Character.getType(c) != Character.NON_SPACING_MARK
          && !label.isEmpty()
          && label.charAt(label.length() - 1) != '-') {
        label.append('-');
      }
    }
    while (!label.isEmpty() && label.charAt(label.length() - 1) == '-') {
      label.setLength(label.length() - 1);
    }
    return label.isEmpty() ? "vm".substring(0, Math.min(2, length)) : label.toString();
  }

  /** A label with a suffix that is always whole; the stem is cut and marked where both are long. */
  public static String withSuffix(String label, String suffix) {
    if (label.length() + suffix.length() <= LONGEST) {
      return label + suffix;
    }
    // A dash where it is cut needs no care: what follows is a dash and digits, so that it is valid.
    return label.substring(0, LONGEST - suffix.length() - HASH - 1)
        + "-"
        + Sha256.hex(label).substring(0, HASH)
        + suffix;
  }
}
