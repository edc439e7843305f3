package dev.drover.batch.cli.terminal;

/**
 * Makes text from outside (names in an inventory, messages of a server) harmless for a terminal. A
 * VM's name may hold any character, and a terminal obeys some of them: escape sequences rewrite
 * what was printed before, bidirectional marks reorder what a person reads.
 */
public final class SafeText {
  private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
  private static final int ZERO_WIDTH_JOINER = 0x200D;

  private SafeText() {}

  /**
   * For one line: what a terminal would obey becomes visible, {@code \x1b} or <code>\u202e</code>.
   */
  public static String line(String text) {
    return clean(text, false);
  }

  /** The same, but line feeds stay what they are. */
  public static String lines(String text) {
    return clean(text, true);
  }

  private static String clean(String text, boolean keepLineFeeds) {
    StringBuilder clean = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              if (keepLineFeeds && c == '\n' || !obeyed(c)) {
                clean.appendCodePoint(c);
              } else {
                clean.append(visible(c));
              }
            });
    return clean.toString();
  }

  private static boolean obeyed(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      // Joiners belong to the spelling of several scripts and of emoji, and move nothing.
      case Character.FORMAT -> codePoint != ZERO_WIDTH_NON_JOINER && codePoint != ZERO_WIDTH_JOINER;
      default -> false;
    };
  }

  private static String visible(int codePoint) {
    return switch (codePoint) {
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      default -> {
        if (codePoint < 0x100) {
          yield String.format("\\x%02x", codePoint);
        }
        yield String.format(codePoint < 0x10000 ? "\\u%04x" : "\\U%08x", codePoint);
      }
    };
  }
}
