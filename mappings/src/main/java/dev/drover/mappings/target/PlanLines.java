package dev.drover.mappings.target;

import dev.drover.mappings.plan.VmPlan;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Lines of a plan as a remedy quotes them: YAML that can be pasted where the sentence says. */
final class PlanLines {
  private PlanLines() {}

  static String network(@Nullable String source) {
    String name = quoted(source == null ? "*" : source);
    return "add to \"networks\" in the plan: \"- {source: "
        + name
        + ", multus: {namespace: NAMESPACE, name: NAME}}\", or \"pod: {}\" or \"ignore: true\""
        + " instead of multus";
  }

  static String storage(@Nullable String source) {
    return "add to \"storage\" in the plan: \"- {source: "
        + quoted(source == null ? "*" : source)
        + ", storageClass: CLASS}\"";
  }

  static String setting(VmPlan vm, String line) {
    return of(vm) + "\"" + line + "\"";
  }

  static String disk(VmPlan vm, String id, String line) {
    return of(vm) + "\"disks: {" + quoted(id) + ": {" + line + "}}\"";
  }

  static String nic(VmPlan vm, String id, String line) {
    return of(vm) + "\"nics: {" + quoted(id) + ": {" + line + "}}\"";
  }

  private static String of(VmPlan vm) {
    return "add to VM " + quoted(vm.sourceName()) + " in the plan: ";
  }

  /** As YAML reads it: in single quotes, or in double ones where control characters are inside. */
  static String quoted(String text) {
    if (text.chars().noneMatch(Character::isISOControl)) {
      return "'" + text.replace("'", "''") + "'";
    }
    StringBuilder escaped = new StringBuilder("\"");
    for (char c : text.toCharArray()) {
      if (Character.isISOControl(c) || c == '"' || c == '\\') {
        escaped.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        escaped.append(c);
      }
    }
    return escaped.append('"').toString();
  }
}
