package dev.drover.mappings.policy;

import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a policy may speak of: the checks that there are, and the language of rules. */
public interface KnownChecks {
  /** Takes every code and every expression. */
  KnownChecks ANY =
      new KnownChecks() {
        @Override
        public Set<String> codes() {
          return Set.of();
        }

        @Override
        public boolean isKnown(String code) {
          return true;
        }

        @Override
        public Optional<Mistake> mistake(String expression) {
          return Optional.empty();
        }
      };

  /** The codes to suggest where one is not known. */
  Set<String> codes();

  /** Whether something of Drover's tells findings of that code. */
  boolean isKnown(String code);

  /** The mistake in an expression of a rule, or empty. */
  Optional<Mistake> mistake(String expression);

  /**
   * What is wrong with an expression.
   *
   * @param line in it, from 1
   * @param column in the line, from 1
   * @param what one clause: {@code undeclared reference to 'diskz'}
   * @param expected what belongs there
   * @param suggestion the nearest right word, or null
   */
  record Mistake(int line, int column, String what, String expected, @Nullable String suggestion) {}
}
