package dev.drover.mappings.model;

/**
 * What becomes of a VM.
 *
 * @param rule what decided, for people: {@code blocker DISK-020} or the policy's reason
 */
public record Disposition(Kind kind, String rule) {
  /** From the best to the worst. */
  public enum Kind {
    /** Can move as it is. */
    ready,
    /** Can move once what its warnings say is done. */
    remedy,
    /** Somebody has to decide: a blocker, or too much is unknown. */
    decision,
    /** Stays where it is. */
    retain,
    /** Is switched off for good. */
    retire,
    /** Is installed anew at the target. */
    rebuild;

    /** Whether a wave may hold it. */
    public boolean moves() {
      return this == ready || this == remedy;
    }
  }
}
