package dev.drover.importers.ova;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Names inside an appliance: relative, downwards, printable. */
final class SafeName {
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

  /** For messages: control characters replaced, at most 200 characters. */
  static String shown(String name) {
    String clean = name.replaceAll("\\p{Cntrl}", "?");
    return clean.length() > 200 ? clean.substring(0, 200) + "…" : clean;
  }
}
