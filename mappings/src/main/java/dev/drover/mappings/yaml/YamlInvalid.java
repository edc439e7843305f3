package dev.drover.mappings.yaml;

import dev.drover.mappings.failure.Failure;
import dev.drover.mappings.failure.Retry;
import java.util.List;
import java.util.stream.Collectors;

/** A file with mistakes; carries all of them. Exit code 2. */
public final class YamlInvalid extends Failure {
  private static final long serialVersionUID = 1L;

  private final transient List<YamlProblem> problems;

  /**
   * All mistakes of a file.
   *
   * @param kind what the file should be: {@code plan}
   * @param problems at least one, in the order of the file
   */
  public YamlInvalid(String file, String kind, List<YamlProblem> problems) {
    super(
        file,
        problems.size() == 1
            ? "the " + kind + " has a mistake"
            : "the " + kind + " has " + problems.size() + " mistakes",
        problems.stream().map(YamlProblem::toString).collect(Collectors.joining("\n")),
        Retry.POINTLESS,
        null);
    this.problems = List.copyOf(problems);
  }

  /** In the order of the file. */
  public List<YamlProblem> problems() {
    return problems;
  }
}
