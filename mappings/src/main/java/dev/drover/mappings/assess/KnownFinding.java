package dev.drover.mappings.assess;

import dev.drover.mappings.model.Finding;
import dev.drover.mappings.model.Finding.Severity;

/**
 * A finding that Drover may tell.
 *
 * @param code letters, a dash, three digits; stable
 * @param severity before a policy changes it
 * @param what with {@code {}} where a name of the VM stands, once at most
 * @param remedy in the imperative
 */
public record KnownFinding(String code, Severity severity, String what, String remedy) {
  static KnownFinding blocker(String code, String what, String remedy) {
    return new KnownFinding(code, Severity.BLOCKER, what, remedy);
  }

  static KnownFinding warning(String code, String what, String remedy) {
    return new KnownFinding(code, Severity.WARNING, what, remedy);
  }

  static KnownFinding info(String code, String what, String remedy) {
    return new KnownFinding(code, Severity.INFO, what, remedy);
  }

  /** The same, of no VM in particular. */
  KnownFinding inGeneral() {
    return new KnownFinding(code, severity, what.replace("{}", "…"), remedy.replace("{}", "…"));
  }

  Finding seen(String evidence) {
    return new Finding(code, severity, what, remedy, evidence);
  }

  Finding seenAt(String name, String evidence) {
    return new Finding(code, severity, what.replace("{}", name), remedy, evidence);
  }
}
