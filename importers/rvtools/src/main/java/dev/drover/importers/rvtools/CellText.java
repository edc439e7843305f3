package dev.drover.importers.rvtools;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Collects the text of a cell, up to what Excel allows. */
final class CellText {
  /** ECMA-376 part 1, 22.9.2.19 (ST_Xstring): a character that XML does not take. */
  private static final Pattern ESCAPE = Pattern.compile("_x([0-9A-Fa-f]{4})_");

  private final StringBuilder text = new StringBuilder();
  private boolean cut;

  void clear() {
    text.setLength(0);
    cut = false;
  }

  void append(char[] characters, int from, int length) {
    int room = Limits.CELL_CHARS - text.length();
    text.append(characters, from, Math.min(room, length));
    cut |= length > room;
  }

  boolean cut() {
    return cut;
  }

  /** Without blanks at its ends and without the mark that Drover puts before numbers. */
  static String clean(String text) {
    String plain = text;
    if (plain.contains("_x")) {
      plain = ESCAPE.matcher(plain).replaceAll(CellText::character);
    }
    if (plain.indexOf(NumberStyle.RAW) >= 0) {
      plain = plain.replace(NumberStyle.RAW, ' ');
    }
    return plain.strip();
  }

  private static String character(java.util.regex.MatchResult match) {
    return Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(match.group(1), 16)));
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
