package dev.drover.importers.rvtools;

import java.util.Locale;
import java.util.Set;

/**
 * A column's header without what versions of RVTools changed: case, blanks, signs, and the unit.
 * {@code In Use MiB}, {@code In use MB} and {@code vInfoInUse} are all {@code inuse}, the last with
 * its sheet before it.
 *
 * @param unit bytes that 1 stands for. What RVTools calls MB has always been 2^20.
 */
record HeaderName(String word, long unit) {
  private static final Set<String> UNITS =
      Set.of("kb", "kib", "mb", "mib", "gb", "gib", "tb", "tib");

  static final long MIB = 1L << 20;

  static HeaderName of(String header) {
    StringBuilder word = new StringBuilder();
    long unit = MIB;
    for (String token : header.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}%]+")) {
      if (UNITS.contains(token) && (!word.isEmpty())) {
        unit = unit(token);
      } else {
        word.append(token);
      }
    }
    return new HeaderName(word.toString(), unit);
  }

  /** With a unit that nothing separates: {@code vDiskCapacityMiB}. */
  HeaderName withoutGluedUnit() {
    for (String suffix : UNITS) {
      if (word.endsWith(suffix) && word.length() > suffix.length() + 2) {
        return new HeaderName(word.substring(0, word.length() - suffix.length()), unit(suffix));
      }
    }
    return this;
  }

  private static long unit(String token) {
    return switch (token.charAt(0)) {
      case 'k' -> 1L << 10;
      case 'g' -> 1L << 30;
      case 't' -> 1L << 40;
      default -> MIB;
    };
  }
}
