package dev.drover.importers.rvtools;

import java.math.BigDecimal;
import java.util.regex.Pattern;

/**
 * Texts that name something by a whole number (the key of a disk, the version of the tools, a
 * VLAN), as Excel leaves them once it has taken them for amounts: {@code 2,000}, {@code 2.000},
 * {@code 2 000}, {@code 2000.0}, {@code 2.0E3} are all the key 2000. None has decimals, so that the
 * locale need not be known: a sign with three digits behind it groups, one with nothing but zeros
 * ends the number. Anything else, like {@code 12.1.5}, is text and stays as it is.
 */
final class WholeText {
  private static final Pattern GROUPED =
      Pattern.compile(
          "([1-9][0-9]{0,2})((?:([.,'’\\s\\u00a0\\u202f\\u2009])[0-9]{3})(?:\\3[0-9]{3}){0,4})"
              + "(?:[.,]0+)?");

  private static final Pattern WITH_ZEROS = Pattern.compile("([0-9]{1,15})[.,]0{1,15}");
  private static final Pattern SCIENTIFIC =
      Pattern.compile("[0-9](?:[.,][0-9]{1,14})?[eE]\\+?[0-9]{1,2}");
  private static final BigDecimal MOST = BigDecimal.valueOf(999_999_999_999_999L);

  private WholeText() {}

  /** The digits alone, or the text itself where it is no whole number. */
  static String of(String text) {
    boolean digits = text.chars().allMatch(c -> c >= '0' && c <= '9');
    if (digits || text.length() > 40) {
      return text;
    }
    var grouped = GROUPED.matcher(text);
    if (grouped.matches()) {
      return grouped.group(1) + grouped.group(2).replaceAll("[^0-9]", "");
    }
    return plain(text);
  }

  /** The same of a number that a workbook keeps as one: a point begins its decimals. */
  static String plain(String text) {
    var zeros = WITH_ZEROS.matcher(text);
    if (zeros.matches()) {
      return zeros.group(1);
    } else if (SCIENTIFIC.matcher(text).matches()) {
      BigDecimal value = new BigDecimal(text.replace(',', '.')).stripTrailingZeros();
      return value.scale() <= 0 && value.compareTo(MOST) <= 0 ? value.toPlainString() : text;
    }
    return text;
  }
}
