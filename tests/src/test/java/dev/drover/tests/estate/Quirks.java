package dev.drover.tests.estate;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * What real exports have wrong or otherwise.
 *
 * @param dirt how many of 1,000 VMs have something wrong: sheets that contradict, sizes below zero,
 *     no tools, lost connections
 */
public record Quirks(Set<Kind> kinds, int dirt) {
  /** Kinds that can be switched on one by one. */
  public enum Kind {
    /** Headers of RVTools 3.x: MB for MiB, "# CPUs". */
    OLD_HEADERS,
    /** Headers with their sheet before them, as in merged files: vInfoVM. */
    PREFIXED,
    /** Numbers are texts like 1.024,5. */
    GERMAN_NUMBERS,
    /** Numbers are texts like 1,024.5. */
    ENGLISH_NUMBERS,
    /** Booleans are 1 and 0. */
    DIGIT_BOOLEANS,
    /** Snapshot dates are texts and no serial numbers. */
    TEXT_DATES,
    /** No vPartition, no vTools, no dvPort. */
    MISSING_SHEETS,
    /** vInfo lacks Firmware, Folder, CBT. */
    MISSING_COLUMNS,
    /** A header stands again after every thousandth VM. */
    HEADER_AGAIN,
    /** Texts are shared in the workbook, as Excel does it; the generator then holds them. */
    SHARED_TEXTS
  }

  /** As the newest RVTools writes it, with a little dirt. */
  public static Quirks none() {
    return new Quirks(EnumSet.noneOf(Kind.class), 5);
  }

  /** {@code old_headers,german_numbers}; blank for none. */
  public static Quirks parse(String words, int dirt) {
    EnumSet<Kind> kinds = EnumSet.noneOf(Kind.class);
    Arrays.stream(words.split(","))
        .filter(w -> !w.isBlank())
        .forEach(w -> kinds.add(Kind.valueOf(w.strip().toUpperCase(Locale.ROOT))));
    return new Quirks(kinds, dirt);
  }

  boolean has(Kind kind) {
    return kinds.contains(kind);
  }
}
