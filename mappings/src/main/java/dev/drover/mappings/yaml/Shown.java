package dev.drover.mappings.yaml;

/** Text from a file as a message may show it: in quotes, on one line, short, without tricks. */
public final class Shown {
  private static final int LONGEST = 80;

  private Shown() {}

  /** Control characters, direction marks and the like become their escapes. */
  public static String of(String text) {
    StringBuilder shown = new StringBuilder("\"");
    int[] points = text.codePoints().limit(LONGEST + 1L).toArray();
    for (int i = 0; i < Math.min(points.length, LONGEST); i++) {
      append(shown, points[i]);
    }
    return shown.append(points.length > LONGEST ? "…\"" : "\"").toString();
  }

  private static void append(StringBuilder shown, int point) {
    if (point == '"' || point == '\\') {
      shown.append('\\').appendCodePoint(point);
    } else if (visible(point)) {
      shown.appendCodePoint(point);
    } else {
      shown.append(String.format(point > 0xffff ? "\\U%08x" : "\\u%04x", point));
    }
  }

  private static boolean visible(int point) {
    int type = Character.getType(point);
    return type != Character.CONTROL
        && type != Character.FORMAT
        && type != Character.SURROGATE
        && type != Character.UNASSIGNED
        && type != Character.PRIVATE_USE
        && type != Character.LINE_SEPARATOR
        && type != Character.PARAGRAPH_SEPARATOR;
  }
}
