package dev.drover.batch.cli;

import dev.drover.mappings.assess.CheckCatalogue;
import dev.drover.mappings.assess.RuleExpression;
import dev.drover.mappings.policy.KnownChecks;
import dev.drover.mappings.policy.MigrationPolicy;
import dev.drover.mappings.policy.PolicyReader;
import dev.drover.mappings.waves.DependencyFile;
import dev.drover.mappings.waves.DependencyLink;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A policy and the file that it names.
 *
 * @param links the file of dependencies; none where it names none
 */
record PolicyFile(MigrationPolicy policy, List<DependencyLink> links) {
  PolicyFile {
    links = List.copyOf(links);
  }

  /**
   * Reads both.
   *
   * @param file null for the default policy
   * @param now a window that is over by then is a mistake
   */
  static PolicyFile read(@Nullable Path file, Instant now) {
    if (file == null) {
      return new PolicyFile(MigrationPolicy.DEFAULT, List.of());
    }
    MigrationPolicy policy = PolicyReader.read(file, new DroversChecks(), now);
    String links = policy.waves().dependenciesFile();
    return new PolicyFile(
        policy, links == null ? List.of() : DependencyFile.read(file.resolveSibling(links)));
  }

  /** What a policy may speak of in this Drover. */
  private static final class DroversChecks implements KnownChecks {
    @Override
    public Set<String> codes() {
      return CheckCatalogue.codes();
    }

    @Override
    public boolean isKnown(String code) {
      return CheckCatalogue.known(code);
    }

    @Override
    public Optional<Mistake> mistake(String expression) {
      try {
        RuleExpression.compile(expression);
        return Optional.empty();
      } catch (RuleExpression.Invalid e) {
        return Optional.of(
            new Mistake(e.line(), e.column(), e.reason(), e.expected(), e.suggestion()));
      }
    }
  }
}
