package dev.drover.mappings.waves;

import dev.drover.mappings.failure.Retry;
import dev.drover.mappings.failure.UsageFailed;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a CSV of dependencies: a VM and what it needs on each line, in UTF-8, with commas,
 * semicolons or tabs between them. Quotes around a name may hold the separator; two of them stand
 * for one. Empty lines, lines that begin with {@code #} and a first line {@code vm,needs} are
 * skipped.
 */
public final class DependencyFile {
  private static final int MOST_LINES = 1_000_000;

  private DependencyFile() {}

  /**
   * Reads it.
   *
   * @throws UsageFailed naming file and line
   */
  public static List<DependencyLink> read(Path file) {
    List<DependencyLink> links = new ArrayList<>();
    try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      int number = 0;
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        number++;
        String clean = number == 1 && line.startsWith("\uFEFF") ? line.substring(1) : line;
        if (clean.isBlank() || clean.startsWith("#") || (number == 1 && isHead(clean))) {
          continue;
        }
        links.add(link(clean, file + ":" + number));
        if (links.size() > MOST_LINES) {
          throw new UsageFailed(file + ":" + number, "has too many lines", "split the estate");
        }
      }
    } catch (IOException e) {
      throw new UsageFailed(
          file.toString(),
          Files.exists(file) ? "cannot be read as text in UTF-8" : "there is no such file",
          "mend dependenciesFile in the policy, or save the file as UTF-8",
          Retry.POINTLESS,
          e);
    }
    return links;
  }

  private static boolean isHead(String line) {
    return line.strip().matches("(?i)\"?vm(name)?\"?\\s*[,;\\t]\\s*\"?needs?\"?");
  }

  private static DependencyLink link(String line, String place) {
    List<String> cells = cells(line);
    if (cells.size() != 2 || cells.get(0).isEmpty() || cells.get(1).isEmpty()) {
      throw new UsageFailed(
          place,
          "there are " + cells.size() + " columns, or one is empty",
          "give a VM and what it needs: web-1,db-1");
    }
    return new DependencyLink(cells.get(0), cells.get(1), place);
  }

  private static List<String> cells(String line) {
    List<String> cells = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"' && quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
        cell.append('"');
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (!quoted && (c == ',' || c == ';' || c == '\t')) {
        cells.add(cell.toString().strip());
        cell.setLength(0);
      } else {
        cell.append(c);
      }
    }
    cells.add(cell.toString().strip());
    return cells;
  }
}
