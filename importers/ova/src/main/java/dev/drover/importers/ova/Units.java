package dev.drover.importers.ova;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Units as OVF writes them: the programmatic units of DSP0004 annex C ({@code byte * 2^20}), and
 * the names that OVF 0.9 and VirtualBox use ({@code MegaBytes}), which mean powers of two.
 */
final class Units {
  private static final Pattern PROGRAMMATIC =
      Pattern.compile("(bytes?|hertz)(?:\\*(\\d{1,6}))??(?:\\*(\\d{1,4})\\^(\\d{1,2}))?");
  private static final Pattern NUMBER = Pattern.compile("-?\\d{1,200}(\\.\\d{1,9})?");
  private static final Map<String, Integer> NAMED =
      Map.ofEntries(
          Map.entry("b", 0),
          Map.entry("kb", 10),
          Map.entry("kib", 10),
          Map.entry("kilobyte", 10),
          Map.entry("kilobytes", 10),
          Map.entry("mb", 20),
          Map.entry("mib", 20),
          Map.entry("megabyte", 20),
          Map.entry("megabytes", 20),
          Map.entry("gb", 30),
          Map.entry("gib", 30),
          Map.entry("gigabyte", 30),
          Map.entry("gigabytes", 30),
          Map.entry("tb", 40),
          Map.entry("tib", 40),
          Map.entry("terabyte", 40),
          Map.entry("terabytes", 40));
  private static final Map<String, Integer> FREQUENCIES =
      Map.of("hz", 0, "khz", 3, "mhz", 6, "megahertz", 6, "ghz", 9, "gigahertz", 9);

  private Units() {}

  /** Bytes in one unit, or null for an unknown unit. */
  static @Nullable BigDecimal bytes(String unit) {
    String word = squeezed(unit);
    Integer power = NAMED.get(word);
    return power != null ? BigDecimal.valueOf(2).pow(power) : programmatic(word, "byte");
  }

  /** Hertz in one unit, or null for an unknown unit. */
  static @Nullable BigDecimal hertz(String unit) {
    String word = squeezed(unit);
    Integer power = FREQUENCIES.get(word);
    return power != null ? BigDecimal.TEN.pow(power) : programmatic(word, "hertz");
  }

  private static String squeezed(String unit) {
    return unit.length() > 60 ? "" : unit.replaceAll("\\s", "").toLowerCase(Locale.ROOT);
  }

  private static @Nullable BigDecimal programmatic(String word, String base) {
    Matcher matcher = PROGRAMMATIC.matcher(word);
    if (!matcher.matches() || !matcher.group(1).startsWith(base)) {
      return null;
    }
    BigDecimal value = matcher.group(2) == null ? BigDecimal.ONE : new BigDecimal(matcher.group(2));
    return matcher.group(3) == null
        ? value
        : value.multiply(new BigDecimal(matcher.group(3)).pow(Integer.parseInt(matcher.group(4))));
  }

  /** A decimal number, or null where it is none. */
  static @Nullable BigDecimal number(String text) {
    String digits = text.strip();
    return NUMBER.matcher(digits).matches() ? new BigDecimal(digits) : null;
  }

  /**
   * A whole number from 0 to {@code max}.
   *
   * @return null where it is something else
   */
  static @Nullable Long whole(@Nullable BigDecimal value, long max) {
    return value == null
            || value.signum() < 0
            || value.compareTo(BigDecimal.valueOf(max)) > 0
            || value.stripTrailingZeros().scale() > 0
        ? null
        : (Long) value.longValueExact();
  }
}
