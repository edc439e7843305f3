package dev.drover.mappings.yaml;

import dev.drover.mappings.model.ByteSize;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sizes as Kubernetes writes them, {@code 10Ti}, {@code 1.5Gi}, {@code 500G} or a plain number of
 * bytes, and as people do: {@code 10TiB}, {@code 1.5 GiB}.
 */
public final class Sizes {
  private static final Pattern FORM =
      Pattern.compile("([0-9]{1,19}(?:\\.[0-9]{1,6})?) ?(?:([KMGTPE]i|[kKMGTPE])?B?)");

  private static final Map<String, Long> UNITS =
      Map.ofEntries(
          Map.entry("k", 1_000L),
          Map.entry("K", 1_000L),
          Map.entry("M", 1_000_000L),
          Map.entry("G", 1_000_000_000L),
          Map.entry("T", 1_000_000_000_000L),
          Map.entry("P", 1_000_000_000_000_000L),
          Map.entry("E", 1_000_000_000_000_000_000L),
          Map.entry("Ki", 1L << 10),
          Map.entry("Mi", 1L << 20),
          Map.entry("Gi", 1L << 30),
          Map.entry("Ti", 1L << 40),
          Map.entry("Pi", 1L << 50),
          Map.entry("Ei", 1L << 60));

  private static final String[] BINARY = {"Ki", "Mi", "Gi", "Ti", "Pi", "Ei"};

  private Sizes() {}

  /** The size, part of a byte rounded up; empty for any other text and beyond eight exbibytes. */
  public static Optional<ByteSize> parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String unit = matcher.group(2);
    long factor = unit == null ? 1 : UNITS.getOrDefault(unit, 1L);
    BigDecimal bytes =
        new BigDecimal(matcher.group(1))
            .multiply(BigDecimal.valueOf(factor))
            .setScale(0, RoundingMode.CEILING);
    return bytes.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0
        ? Optional.empty()
        : Optional.of(new ByteSize(bytes.longValueExact()));
  }

  /**
   * Exact: with the largest binary unit that leaves a whole number, or {@code B}. {@link #parse}
   * reads it.
   */
  public static String format(ByteSize size) {
    long value = size.bytes();
    String unit = "";
    for (String next : BINARY) {
      if (value == 0 || value % 1024 != 0) {
        break;
      }
      value /= 1024;
      unit = next;
    }
    return value + (unit.isEmpty() ? "B" : unit);
  }
}
