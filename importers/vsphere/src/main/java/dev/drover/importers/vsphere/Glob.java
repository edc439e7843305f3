package dev.drover.importers.vsphere;

import java.util.Locale;

/** A name with {@code *} for any run of characters and {@code ?} for one, whatever the case. */
final class Glob {
  private final String pattern;

  private Glob(String pattern) {
    this.pattern = pattern.toLowerCase(Locale.ROOT);
  }

  static Glob of(String pattern) {
    return new Glob(pattern);
  }

  /** In time that grows with both lengths multiplied, never more. */
  boolean matches(String name) {
    String text = name.toLowerCase(Locale.ROOT);
    int at = 0;
    int in = 0;
    int star = -1;
    int mark = 0;
    while (at < text.length()) {
      if (in < pattern.length() && pattern.charAt(in) == '*') {
        star = in++;
        mark = at;
      } else if (in < pattern.length()
          && (pattern.charAt(in) == '?' || pattern.charAt(in) == text.charAt(at))) {
        in++;
        at++;
      } else if (star >= 0) {
        in = star + 1;
        at = ++mark;
      } else {
        return false;
      }
    }
    while (in < pattern.length() && pattern.charAt(in) == '*') {
      in++;
    }
    return in == pattern.length();
  }
}
