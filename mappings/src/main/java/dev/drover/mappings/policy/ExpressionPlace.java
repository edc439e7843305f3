package dev.drover.mappings.policy;

import dev.drover.mappings.yaml.YamlNode;
import org.jspecify.annotations.Nullable;

/**
 * Where in a file a place of an expression is, in whatever style of YAML it is written: plain, in
 * quotes with their escapes, or as a block over several lines. Only what is no blank is compared,
 * since YAML folds lines and takes indents away.
 *
 * @param line from 1
 * @param column from 1
 */
record ExpressionPlace(int line, int column) {
  /**
   * Finds it.
   *
   * @param file the whole text
   * @param node the expression in it
   * @param line in the expression, from 1
   * @param column in that line, from 1
   * @return null where the text is not that of the node
   */
  static @Nullable ExpressionPlace of(
      String file, YamlNode node, String expression, int line, int column) {
    int before = before(expression, line, column);
    String wanted = expression.replaceAll("\\s", "");
    int at = offset(file, node.line(), node.column());
    char first = at < file.length() ? file.charAt(at) : ' ';
    boolean quoted = first == '\'' || first == '"';
    if (quoted) {
      at++;
    } else if (first == '|' || first == '>') {
      at = file.indexOf('\n', at) + 1;
    }
    int seen = 0;
    while (at < file.length() && seen <= before && seen < wanted.length()) {
      char c = file.charAt(at);
      if (!Character.isWhitespace(c)) {
        if (c == wanted.charAt(seen)) {
          if (seen == before) {
            return place(file, at);
          }
          seen++;
          at += quoted && c == '\'' && first == '\'' ? 1 : 0;
        } else if (!(first == '"' && c == '\\')) {
          return null;
        }
      }
      at++;
    }
    return null;
  }

  /** How many characters that are no blanks stand before a place. */
  private static int before(String expression, int line, int column) {
    int end = Math.min(expression.length(), offset(expression, line, column));
    return expression.substring(0, end).replaceAll("\\s", "").length();
  }

  private static int offset(String text, int line, int column) {
    int at = 0;
    for (int i = 1; i < line; i++) {
      int next = text.indexOf('\n', at);
      if (next < 0) {
        return text.length();
      }
      at = next + 1;
    }
    return at + column - 1;
  }

  private static ExpressionPlace place(String text, int at) {
    String before = text.substring(0, at);
    int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
    return new ExpressionPlace(line, at - before.lastIndexOf('\n'));
  }
}
