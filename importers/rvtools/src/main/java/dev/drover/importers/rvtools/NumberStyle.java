package dev.drover.importers.rvtools;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a file writes numbers that are text: {@code 1,024.5} or {@code 1.024,5}. Blanks and
 * apostrophes group digits in both.
 */
enum NumberStyle {
  POINT('.'),
  COMMA(',');

  /** Put before what a workbook keeps as a number, which no locale touches. */
  static final char RAW = '\u0001';

  private static final Pattern GROUPING = Pattern.compile("[\\s\\u00a0\\u202f\\u2009'’]");
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?[0-9]+(?:\\.[0-9]*)?(?:[eE][+-]?\\d{1,3})?");

  private final char decimal;

  NumberStyle(char decimal) {
    this.decimal = decimal;
  }

  /** {@code .} or {@code ,}. */
  char decimal() {
    return decimal;
  }

  /** The number, or null where the text is none. */
  @Nullable Double parse(String text) {
    String plain = text;
    if (text.charAt(0) == RAW) {
      plain = text.substring(1);
    } else {
      plain = GROUPING.matcher(text).replaceAll("");
      plain = plain.replace(this == POINT ? "," : ".", "").replace(decimal, '.');
    }
    if (plain.length() > 40 || !NUMBER.matcher(plain).matches()) {
      return null;
    }
    double value = Double.parseDouble(plain);
    return Double.isFinite(value) ? value : null;
  }

  /** What the texts of a file tell about its style, collected while it is read. */
  static final class Evidence {
    private static final Pattern WITH_SIGN = Pattern.compile("[+-]?[0-9]+(?:[.,][0-9]+)+");

    private long pointDecimals;
    private long commaDecimals;
    private long pointOnce;
    private long commaOnce;
    private String example = "";

    /** Looks at a text in a column of numbers. */
    void see(String text) {
      if (text.indexOf('.') < 0 && text.indexOf(',') < 0) {
        return;
      }
      String plain = GROUPING.matcher(text).replaceAll("");
      if (plain.length() > 40 || !WITH_SIGN.matcher(plain).matches()) {
        return;
      }
      example = example.isEmpty() ? text : example;
      int point = plain.lastIndexOf('.');
      int comma = plain.lastIndexOf(',');
      if (point >= 0 && comma >= 0) {
        decimal(point > comma, text);
      } else {
        one(plain, Math.max(point, comma), comma < 0, text);
      }
    }

    private void one(String plain, int last, boolean isPoint, String text) {
      boolean again = plain.indexOf(plain.charAt(last)) < last;
      if (again) {
        decimal(!isPoint, text);
      } else if (plain.length() - last - 1 != 3) {
        decimal(isPoint, text);
      } else if (isPoint) {
        pointOnce++;
      } else {
        commaOnce++;
      }
    }

    private void decimal(boolean isPoint, String text) {
      if (pointDecimals + commaDecimals == 0) {
        example = text;
      }
      if (isPoint) {
        pointDecimals++;
      } else {
        commaDecimals++;
      }
    }

    /**
     * The style. Where nothing but {@code 1.024} is there, it is a thousand and twenty-four: sizes
     * with exactly three decimals are rarer than sizes over a thousand.
     */
    NumberStyle decide() {
      if (pointDecimals != commaDecimals) {
        return pointDecimals > commaDecimals ? POINT : COMMA;
      }
      return pointOnce > commaOnce ? COMMA : POINT;
    }

    /** Whether there was anything to decide. */
    boolean any() {
      return !example.isEmpty();
    }

    /** Whether some texts speak against the decision. */
    boolean mixed() {
      return pointDecimals > 0 && commaDecimals > 0;
    }

    /** Whether nothing but the likelihood decided. */
    boolean guessed() {
      return any() && pointDecimals + commaDecimals == 0;
    }

    /** A text that decided. */
    String example() {
      return example;
    }
  }
}
