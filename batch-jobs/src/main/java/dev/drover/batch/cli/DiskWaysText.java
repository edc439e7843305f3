package dev.drover.batch.cli;

import dev.drover.batch.cli.terminal.SafeText;
import dev.drover.batch.cli.terminal.Table;
import dev.drover.batch.cli.terminal.Terminal;
import dev.drover.converters.CopyPath;
import dev.drover.converters.CopyPaths;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Tells how the bytes of disks travel. */
final class DiskWaysText {
  private final Terminal terminal;

  DiskWaysText(Terminal terminal) {
    this.terminal = terminal;
  }

  /** Each disk, and the table where its image must be seen first. */
  void print(Explanation explanation) {
    boolean open = false;
    for (Explanation.DiskWays disk : explanation.disks()) {
      open |= disk.ways().size() > 1;
      say(String.format("  %-12s %s", "travels", SafeText.line(named(disk) + ": " + way(disk))));
    }
    if (open) {
      say("  the first line that fits:");
      table(explanation.ways());
    }
  }

  /** With the id, which a plan needs to say something of one disk. */
  private static String named(Explanation.DiskWays disk) {
    return disk.label() + (disk.label().equals(disk.id()) ? "" : " (id " + disk.id() + ")");
  }

  private static String way(Explanation.DiskWays disk) {
    Set<CopyPath> paths =
        disk.ways().stream()
            .map(CopyPaths.Way::path)
            .collect(Collectors.toCollection(java.util.LinkedHashSet::new));
    if (disk.ways().size() == 1) {
      CopyPath only = disk.ways().get(0).path();
      return only + ", " + only.words();
    }
    return paths.stream().map(CopyPath::name).collect(Collectors.joining(", "))
        + ": what the image is decides, and its evidence says it";
  }

  private void table(List<CopyPaths.Way> ways) {
    Table table =
        new Table(
            Table.Column.text("the disk is"),
            Table.Column.text("it stands"),
            Table.Column.whole("way"));
    ways.forEach(way -> table.row(way.source(), way.place(), way.path()));
    table.print(terminal);
  }

  private void say(String text) {
    terminal.out().println(text);
  }
}
