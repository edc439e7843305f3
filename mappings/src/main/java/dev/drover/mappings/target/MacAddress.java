package dev.drover.mappings.target;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Ethernet addresses: six bytes, of one station. */
final class MacAddress {
  private static final Pattern COLONS = Pattern.compile("([0-9a-f]{2}:){5}[0-9a-f]{2}");
  private static final Pattern DASHES = Pattern.compile("([0-9a-f]{2}-){5}[0-9a-f]{2}");
  private static final Pattern DOTS = Pattern.compile("([0-9a-f]{4}\\.){2}[0-9a-f]{4}");
  private static final Pattern BARE = Pattern.compile("[0-9a-f]{12}");

  private MacAddress() {}

  /** In lower case with colons; empty for what is no address of a station (multicast, zeros). */
  static Optional<String> parse(String text) {
    String mac = text.strip().toLowerCase(Locale.ROOT);
    if (!COLONS.matcher(mac).matches()
        && !DASHES.matcher(mac).matches()
        && !DOTS.matcher(mac).matches()
        && !BARE.matcher(mac).matches()) {
      return Optional.empty();
    }
    String digits = mac.replaceAll("[^0-9a-f]", "");
    boolean multicast = (Integer.parseInt(digits.substring(0, 2), 16) & 1) != 0;
    if (multicast || digits.equals("000000000000")) {
      return Optional.empty();
    }
    return Optional.of(digits.replaceAll("(..)(?!$)", "$1:"));
  }
}
