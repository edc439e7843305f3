package dev.drover.mappings.yaml;

import static org.junit.jupiter.api.Assertions.fail;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/** Small changes of a document, of which a reader must bear every one. */
public final class Mutations {
  /** What is put in place of a character: what means something in YAML, and what nobody expects. */
  private static final String CHARACTERS = "\n\t :-#*&!|>'\"%@`{}[],?.0aZé\u0000\u202e~";

  private static final List<String> VALUES =
      List.of(
          "",
          "null",
          "true",
          "-1",
          "0",
          "1.5",
          "1e999",
          ".inf",
          ".nan",
          "0x10",
          "99999999999999999999",
          "[]",
          "{}",
          "[a]",
          "{a: b}",
          "\"\"",
          "\"\\n\"",
          "'2026-13-45'",
          "é",
          "x",
          "\"\\u0000\"");

  private Mutations() {}

  /**
   * Reads each change; the reader gives something valid, or problems that have a place.
   *
   * @param read throws {@link YamlInvalid}, and nothing else
   * @return how many of them were valid
   */
  public static int bear(String text, Consumer<String> read, long seed) {
    int valid = 0;
    for (String changed : of(text, new Random(seed))) {
      try {
        read.accept(changed);
        valid++;
      } catch (YamlInvalid e) {
        if (!e.problems().stream().allMatch(p -> placed(p, changed))) {
          fail("a problem without a place: " + e.problems() + "\n" + changed);
        }
      } catch (RuntimeException | StackOverflowError e) {
        fail("not borne: " + e + "\n" + changed, e);
      }
    }
    return valid;
  }

  private static boolean placed(YamlProblem problem, String text) {
    long lines = text.chars().filter(c -> c == '\n').count() + 1;
    return problem.line() >= 1
        && problem.line() <= lines + 1
        && problem.column() >= 1
        && !problem.what().isBlank()
        && !problem.expected().isBlank();
  }

  private static List<String> of(String text, Random random) {
    List<String> all = new ArrayList<>();
    for (int at = 0; at < text.length(); at++) {
      all.add(text.substring(0, at) + text.substring(at + 1));
      char other = CHARACTERS.charAt(random.nextInt(CHARACTERS.length()));
      all.add(text.substring(0, at) + other + text.substring(at + random.nextInt(2)));
    }
    List<String> lines = text.lines().toList();
    for (int at = 0; at < lines.size(); at++) {
      subtree(all, lines, at);
    }
    return all;
  }

  /** The key's value, or the item, and all that is below it, become each of the values. */
  private static void subtree(List<String> all, List<String> lines, int at) {
    String line = lines.get(at);
    int below = at + 1;
    while (below < lines.size() && indent(lines.get(below)) > indent(line)) {
      below++;
    }
    int colon = line.indexOf(": ") >= 0 ? line.indexOf(": ") + 1 : line.indexOf(":") + 1;
    int dash = line.indexOf("- ") + 1;
    for (int end : new int[] {colon, dash}) {
      if (end > 0) {
        for (String value : VALUES) {
          all.add(joined(lines, at, line.substring(0, end) + " " + value, below));
        }
      }
    }
    all.add(joined(lines, at, "", below));
    all.add(joined(lines, at, line + "\n" + line, at + 1));
  }

  private static int indent(String line) {
    int indent = 0;
    while (indent < line.length() && line.charAt(indent) == ' ') {
      indent++;
    }
    return line.isBlank() ? Integer.MAX_VALUE : indent;
  }

  private static String joined(List<String> lines, int at, String middle, int below) {
    List<String> changed = new ArrayList<>(lines.subList(0, at));
    changed.add(middle);
    changed.addAll(lines.subList(below, lines.size()));
    return String.join("\n", changed) + "\n";
  }
}
