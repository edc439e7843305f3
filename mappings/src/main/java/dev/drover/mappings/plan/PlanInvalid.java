package dev.drover.mappings.plan;

import dev.drover.mappings.failure.Failure;
import dev.drover.mappings.failure.Retry;
import java.util.List;
import java.util.stream.Collectors;

/** A plan with mistakes; carries all of them. Exit code 2. */
public final class PlanInvalid extends Failure {
  private static final long serialVersionUID = 1L;

  private final transient List<PlanProblem> problems;

  /**
   * All mistakes of a file.
   *
   * @param problems at least one, in the order of the file
   */
  public PlanInvalid(String file, List<PlanProblem> problems) {
    super(
        file,
        problems.size() == 1
            ? "the plan has a mistake"
            : "the plan has " + problems.size() + " mistakes",
        problems.stream().map(PlanProblem::toString).collect(Collectors.joining("\n")),
        Retry.POINTLESS,
        null);
    this.problems = List.copyOf(problems);
  }

  /** In the order of the file. */
  public List<PlanProblem> problems() {
    return problems;
  }
}
