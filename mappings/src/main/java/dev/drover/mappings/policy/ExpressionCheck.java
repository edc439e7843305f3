package dev.drover.mappings.policy;

import java.util.Optional;

/** Looks at the expressions of rules before anything runs them. */
public interface ExpressionCheck {
  /** Finds no mistake. */
  ExpressionCheck NONE = expression -> Optional.empty();

  /** The mistake in an expression, or empty. */
  Optional<Mistake> mistake(String expression);

  /**
   * What is wrong.
   *
   * @param offset of the character at which it is wrong, from 0; -1 where nobody knows
   * @param what one clause: {@code there is no field "diskz"}
   * @param expected what belongs there
   */
  record Mistake(int offset, String what, String expected) {}
}
