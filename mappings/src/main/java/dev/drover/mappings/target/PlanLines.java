package dev.drover.mappings.target;

import dev.drover.mappings.plan.VmPlan;
import org.jspecify.annotations.Nullable;

/** Lines of a plan as a remedy quotes them: YAML that can be pasted where the sentence says. */
final class PlanLines {
  private PlanLines() {}

  static String network(@Nullable String source) {
    String name = quoted(source == null ? "*" : source);
    return "add to \"networks\" in the plan: \"- {source: "
        + name
        + ", multus: {namespace: NAMESPACE, name: NAME}}\", or \"pod: {}\" or \"ignore: {}\""
        + " instead of multus";
  }

  static String storage(@Nullable String source) {
    return "add to \"storage\" in the plan: \"- {source: "
        + quoted(source == null ? "*" : source)
        + ", storageClass: CLASS}\"";
  }

  static String setting(VmPlan vm, String line) {
    return of(vm) + "\"settings: {" + line + "}\"";
  }

  static String disk(VmPlan vm, String id, String line) {
    return of(vm) + "\"disks: {" + quoted(id) + ": {" + line + "}}\"";
  }

  static String nic(VmPlan vm, String id, String line) {
    return of(vm) + "\"nics: {" + quoted(id) + ": {" + line + "}}\"";
  }

  static String name(VmPlan vm, String line) {
    return of(vm) + "\"" + line + "\"";
  }

  private static String of(VmPlan vm) {
    return "add to VM " + quoted(vm.sourceName()) + " in the plan: ";
  }

  /** In single quotes, as YAML reads them. */
  static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
