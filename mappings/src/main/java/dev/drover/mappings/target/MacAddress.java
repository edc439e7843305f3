package dev.drover.mappings.target;

import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/** Ethernet addresses: six bytes, of one station. */
final class MacAddress {
  private static final int DIGITS = 12;

  private MacAddress() {}

  /**
   * In lower case with colons; empty for what is no address of a station (multicast, zeros). Takes
   * {@code 00:50:56:01:02:03}, dashes for colons, {@code 0050.5601.0203} and bare digits. Asked
   * several times a VM, so it does without regular expressions.
   */
  static Optional<String> parse(String text) {
    String mac = text.strip().toLowerCase(Locale.ROOT);
    StringBuilder colons = new StringBuilder(17);
    int digits = 0;
    int group = group(mac);
    for (int i = 0; i < mac.length(); i++) {
      char c = mac.charAt(i);
      if (i % (group + 1) == group) {
        if (c != mac.charAt(group)) {
          return Optional.empty();
        }
        continue;
      }
      if (group == 0 || !HexFormat.isHexDigit(c)) {
        return Optional.empty();
      }
      colons.append(digits > 0 && digits % 2 == 0 ? ":" : "").append(c);
      digits++;
    }
    return digits == DIGITS && isStation(colons)
        ? Optional.of(colons.toString())
        : Optional.empty();
  }

  /** Digits up to a separator; 0 for what is no address. */
  private static int group(String mac) {
    return switch (mac.length()) {
      case 17 -> mac.charAt(2) == ':' || mac.charAt(2) == '-' ? 2 : 0;
      case 14 -> mac.charAt(4) == '.' ? 4 : 0;
      case DIGITS -> DIGITS;
      default -> 0;
    };
  }

  private static boolean isStation(CharSequence mac) {
    boolean multicast = (HexFormat.fromHexDigit(mac.charAt(1)) & 1) != 0;
    return !multicast && !mac.toString().equals("00:00:00:00:00:00");
  }
}
