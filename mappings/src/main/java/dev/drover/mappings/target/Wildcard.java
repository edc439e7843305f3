package dev.drover.mappings.target;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Names in plans and policies, where {@code *} stands for any run of characters, also for none. */
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
    return fits(pattern, name, false);
  }

  /**
   * The same whatever the case, and with {@code ?} for one character; in the same time.
   *
   * @param name not null
   */
  public static boolean glob(String pattern, String name) {
    return fits(pattern.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT), true);
  }

  private static boolean fits(String pattern, String name, boolean one) {
    int p = 0;
    int n = 0;
    int star = -1;
    int mark = 0;
    while (n < name.length()) {
      if (p < pattern.length() && pattern.charAt(p) == '*') {
        star = p++;
        mark = n;
      } else if (p < pattern.length()
          && (pattern.charAt(p) == name.charAt(n) || one && pattern.charAt(p) == '?')) {
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
