package dev.drover.mappings.yaml;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects the mistakes of one file. */
public final class Problems {
  /** Nobody reads more; and a hostile file must not fill the memory with them. */
  public static final int MOST = 1000;

  private final String file;
  private final String kind;
  private final Set<YamlProblem> found = new LinkedHashSet<>();
  private final Set<Long> places = new HashSet<>();
  private long beyond;

  Problems(String file, String kind) {
    this.file = file;
    this.kind = kind;
  }

  public void add(int line, int column, String path, String what, String expected) {
    add(line, column, path, what, expected, null);
  }

  public void add(
      YamlNode at, String path, String what, String expected, @Nullable String suggestion) {
    add(at.line(), at.column(), path, what, expected, suggestion);
  }

  public void add(
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
    found.add(new YamlProblem(file, line, column, path, what, expected, suggestion));
  }

  /** Whether something is said already of what stands there. */
  public boolean has(YamlNode node) {
    return places.contains(place(node.line(), node.column()));
  }

  private static long place(int line, int column) {
    return ((long) line << 32) | column;
  }

  /**
   * Ends the reading if there is a mistake.
   *
   * @throws YamlInvalid with all of them, in the order of the file
   */
  void throwIfAny() {
    if (found.isEmpty()) {
      return;
    }
    List<YamlProblem> sorted = new ArrayList<>(found);
    sorted.sort(Comparator.comparingInt(YamlProblem::line).thenComparingInt(YamlProblem::column));
    if (beyond > 0) {
      YamlProblem last = sorted.get(sorted.size() - 1);
      sorted.add(
          new YamlProblem(
              file,
              last.line(),
              last.column(),
              "",
              "there are " + beyond + " further mistakes",
              "that you mend these first",
              null));
    }
    throw new YamlInvalid(file, kind, sorted);
  }
}
