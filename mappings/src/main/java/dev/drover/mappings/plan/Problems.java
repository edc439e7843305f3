package dev.drover.mappings.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects the mistakes of one file. */
final class Problems {
  /** Nobody reads more; and a hostile file must not fill the memory with them. */
  static final int MOST = 1000;

  private final String file;
  private final Set<PlanProblem> found = new LinkedHashSet<>();
  private final Set<Long> places = new HashSet<>();
  private long beyond;

  Problems(String file) {
    this.file = file;
  }

  void add(int line, int column, String path, String what, String expected) {
    add(line, column, path, what, expected, null);
  }

  void add(YamlNode at, String path, String what, String expected, @Nullable String suggestion) {
    add(at.line(), at.column(), path, what, expected, suggestion);
  }

  void add(
      int line,
      int column,
      String path,
      String what,
      String expected,
      @Nullable String suggestion) {
    if (found.size() >= MOST) {
      beyond++;
      return;
    }
    places.add(place(line, column));
    found.add(new PlanProblem(file, line, column, path, what, expected, suggestion));
  }

  /** Whether something is said already of what stands there. */
  boolean has(YamlNode node) {
    return places.contains(place(node.line(), node.column()));
  }

  private static long place(int line, int column) {
    return ((long) line << 32) | column;
  }

  /**
   * Ends the reading if there is a mistake.
   *
   * @throws PlanInvalid with all of them, in the order of the file
   */
  void throwIfAny() {
    if (found.isEmpty()) {
      return;
    }
    List<PlanProblem> sorted = new ArrayList<>(found);
    sorted.sort(Comparator.comparingInt(PlanProblem::line).thenComparingInt(PlanProblem::column));
    if (beyond > 0) {
      PlanProblem last = sorted.get(sorted.size() - 1);
      sorted.add(
          new PlanProblem(
              file,
              last.line(),
              last.column(),
              "",
              "there are " + beyond + " further mistakes",
              "that you mend these first",
              null));
    }
    throw new PlanInvalid(file, sorted);
  }
}
