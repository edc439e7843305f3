package dev.drover.mappings.plan;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What an earlier plan says of a VM, as somebody may have edited it.
 *
 * @param wave in which it stands
 * @param name that the plan gives it
 * @param comments above it, as they stand but for the indent of its dash
 * @param lines from its dash to the next VM, the same
 */
public record VmBlock(String wave, String name, List<String> comments, List<String> lines) {
  /** What Drover itself remarks on a VM: a finding's code, or that it has no disk. */
  private static final Pattern REMARK = Pattern.compile("# (?:[A-Z]{2,5}-\\d{3} |has no disk).*");

  public VmBlock {
    comments = List.copyOf(comments);
    lines = List.copyOf(lines);
  }

  /**
   * Writes it as it stands.
   *
   * @param remarks that hold now, each as a line; where they are others than those that stand
   *     there, they replace them
   */
  void write(String indent, List<String> remarks, Writer to) throws IOException {
    List<String> mine = comments.stream().filter(c -> REMARK.matcher(c).matches()).toList();
    List<String> all = new ArrayList<>(comments);
    if (!mine.equals(remarks)) {
      all.removeAll(mine);
      all.addAll(remarks);
    }
    all.addAll(lines);
    for (String line : all) {
      to.write(line.isEmpty() ? "\n" : indent + line + "\n");
    }
  }
}
