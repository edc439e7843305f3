package dev.drover.importers.ova;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Names inside an appliance: relative, downwards, printable. */
final class SafeName {
  /** C0, DEL and C1. */
  private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x1f\\x7f-\\x9f]");

  private SafeName() {}

  /** Why a name must not be followed, or null where it may. */
  static @Nullable String objection(String name) {
    if (name.isBlank()) {
      return "an empty name";
    }
    if (name.startsWith("/") || name.startsWith("\\") || name.matches("^[A-Za-z]:[\\\\/].*")) {
      return "an absolute name";
    }
    if (name.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
      return "a name with control characters";
    }
    for (String step : name.split("[/\\\\]")) {
      if (step.equals("..")) {
        return "a name that leads out of the appliance";
      }
    }
    return null;
  }

  /** Without {@code .} steps and doubled slashes; for names without an objection. */
  static String plain(String name) {
    List<String> steps = new ArrayList<>();
    for (String step : name.split("/")) {
      if (!step.isEmpty() && !step.equals(".")) {
        steps.add(step);
      }
    }
    return String.join("/", steps);
  }

  /**
   * For messages, at most about 200 characters: control characters written as the terminal's filter
   * writes those of names that come another way, so that one name looks the same throughout.
   */
  static String shown(String name) {
    String clean =
        CONTROL.matcher(name).replaceAll(c -> Matcher.quoteReplacement(visible(c.group())));
    return clean.length() > 200 ? clean.substring(0, 200) + "…" : clean;
  }

  private static String visible(String control) {
    return switch (control) {
      case "\n" -> "\\n";
      case "\r" -> "\\r";
      case "\t" -> "\\t";
      default -> String.format(Locale.ROOT, "\\x%02x", (int) control.charAt(0));
    };
  }
}
