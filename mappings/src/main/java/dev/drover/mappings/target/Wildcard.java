package dev.drover.mappings.target;

import org.jspecify.annotations.Nullable;

/** Names in the maps of a plan, where {@code *} stands for any run of characters, also for none. */
public final class Wildcard {
  private Wildcard() {}

  /**
   * Whether it matches; in time linear in the product of the lengths, whatever the pattern.
   *
   * @param name null, where the source has no name, is matched by {@code *} alone
   */
  public static boolean matches(String pattern, @Nullable String name) {
    if (name == null) {
      return pattern.equals("*");
    }
    int p = 0;
    int n = 0;
    int star = -1;
    int mark = 0;
    while (n < name.length()) {
      if (p < pattern.length() && pattern.charAt(p) == '*') {
        star = p++;
        mark = n;
      } else if (p < pattern.length() && pattern.charAt(p) == name.charAt(n)) {
        p++;
        n++;
      } else if (star >= 0) {
        p = star + 1;
        n = ++mark;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }
}
