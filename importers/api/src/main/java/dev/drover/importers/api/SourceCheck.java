package dev.drover.importers.api;

import dev.drover.mappings.model.Finding;
import java.util.List;

/**
 * A {@link VmSource} that can say beforehand whether what Drover will do there is going to work.
 */
public interface SourceCheck {
  /**
   * Looks; changes nothing.
   *
   * @throws dev.drover.mappings.failure.SourceFailed when the source cannot be reached
   */
  Report check();

  /**
   * What was found.
   *
   * @param about one line for people: product, version, address
   * @param lines what was tried, in order
   */
  record Report(String about, List<Line> lines) {
    public Report {
      lines = List.copyOf(lines);
    }

    /** Whether nothing that Drover needs is missing. */
    public boolean passed() {
      return lines.stream().allMatch(line -> line.finding() == null || isMinor(line.finding()));
    }

    private static boolean isMinor(Finding finding) {
      return finding.severity() != Finding.Severity.BLOCKER;
    }
  }

  /**
   * One thing that was tried.
   *
   * @param subject what: {@code inventory}, {@code clock}
   * @param outcome how it went, for people
   * @param finding what is wrong, or null where nothing is
   */
  record Line(String subject, String outcome, @org.jspecify.annotations.Nullable Finding finding) {}
}
