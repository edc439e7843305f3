package dev.drover.batch.report;

import dev.drover.batch.cli.terminal.SafeText;

/**
 * Makes text of an inventory fit to be read by people: control characters and marks that reorder
 * what a person reads become visible, and what is absurdly long is cut. Escaping for a format is
 * the format's own work.
 */
final class ReportText {
  /** A name of vSphere has at most 80 characters; a path of a disk may be longer. */
  static final int SHOWN = 300;

  private ReportText() {}

  /** For a page. */
  static String shown(String text) {
    return cut(text, SHOWN);
  }

  /**
   * The same.
   *
   * @param longest how many UTF-16 units stay, the ellipsis included
   */
  static String cut(String text, int longest) {
    // Made visible, a character is at most ten long; what lies behind cannot be shown anyway.
    String head = text.length() > longest ? text.substring(0, longest) : text;
    String safe = isPlain(head) ? head : SafeText.line(head);
    if (safe.length() <= longest && head.length() == text.length()) {
      return safe;
    }
    int end = Math.min(safe.length(), longest - 1);
    if (end > 0 && Character.isHighSurrogate(safe.charAt(end - 1))) {
      end--;
    }
    return safe.substring(0, end) + "…";
  }

  /** Most text is, and there are millions of it. */
  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c > '~') {
        return false;
      }
    }
    return true;
  }
}
