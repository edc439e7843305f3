package dev.drover.mappings.model;

/**
 * A problem of a VM, told before anything runs.
 *
 * @param code stable, for policies and searches: letters, a dash, three digits ({@code FW-001})
 * @param what one clause that a VM administrator understands
 * @param remedy what to do, in the imperative; for a plan, the line to add
 * @param evidence the value that decided, empty where {@code what} says it all
 */
public record Finding(String code, Severity severity, String what, String remedy, String evidence) {
  /** How bad it is. */
  public enum Severity {
    /** The VM cannot be moved like this. */
    BLOCKER,
    /** It can be moved, and something will be different. */
    WARNING,
    /** Worth knowing. */
    INFO
  }

  /** A blocker without evidence of its own. */
  public static Finding blocker(String code, String what, String remedy) {
    return new Finding(code, Severity.BLOCKER, what, remedy, "");
  }

  /** A warning without evidence of its own. */
  public static Finding warning(String code, String what, String remedy) {
    return new Finding(code, Severity.WARNING, what, remedy, "");
  }

  /** An information without evidence of its own. */
  public static Finding info(String code, String what, String remedy) {
    return new Finding(code, Severity.INFO, what, remedy, "");
  }

  /** The same with the value that decided. */
  public Finding with(String newEvidence) {
    return new Finding(code, severity, what, remedy, newEvidence);
  }
}
