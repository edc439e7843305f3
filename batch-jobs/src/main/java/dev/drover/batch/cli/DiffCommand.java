package dev.drover.batch.cli;

import dev.drover.batch.cli.terminal.Figures;
import dev.drover.batch.cli.terminal.Table;
import dev.drover.mappings.inventory.InventoryReader;
import dev.drover.mappings.model.SourceVm;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(
    name = "diff",
    description = {
      "Says what changed between two inventories: VMs that came and went, and what is different"
          + " about the others.",
      "A VM is the same when its source and id are, whatever its name."
    },
    footer = {"Examples:", "  drover diff monday.json friday.json"})
final class DiffCommand implements Runnable {
  private final Session session;

  @Parameters(index = "0", paramLabel = "BEFORE", description = "An inventory file.")
  private Path before = Path.of("");

  @Parameters(index = "1", paramLabel = "AFTER", description = "A later one.")
  private Path after = Path.of("");

  @Option(
      names = "--all",
      description =
          "Also what changes by itself: used bytes, free space in the guest, the host, findings.")
  private boolean all;

  @Mixin private OutputFormat output = new OutputFormat();

  DiffCommand(Session session) {
    this.session = session;
  }

  /**
   * A VM that is not as it was.
   *
   * @param change {@code added}, {@code removed} or {@code changed}
   */
  record Different(String vm, String name, String change, List<VmDifferences.Change> changes) {}

  @Override
  public void run() {
    List<Different> found = differences();
    if (output.isJson()) {
      JsonOutput.print(session.terminal(), "InventoryDifferences", Map.of("vms", found));
    } else {
      print(found);
    }
  }

  /**
   * Reads each file twice, so that only the VMs that differ are in memory: first a number for each
   * VM, then those of which the numbers are not the same.
   */
  private List<Different> differences() {
    Map<String, Long> marks = new HashMap<>();
    each(before, vm -> marks.put(vm.ref().toString(), mark(vm)));
    Set<String> same = new HashSet<>();
    each(
        after,
        vm -> {
          Long mark = marks.get(vm.ref().toString());
          if (mark != null && mark == mark(vm)) {
            same.add(vm.ref().toString());
          }
        });
    Map<String, JsonNode> old = new LinkedHashMap<>();
    each(
        before,
        vm -> {
          if (!same.contains(vm.ref().toString())) {
            old.put(vm.ref().toString(), VmDifferences.tree(vm));
          }
        });
    return compare(same, old);
  }

  /** Two VMs that differ have the same one in 2^64 cases. */
  private static long mark(SourceVm vm) {
    JsonNode tree = VmDifferences.tree(vm);
    return (long) tree.hashCode() << 32 ^ tree.toString().hashCode();
  }

  private List<Different> compare(Set<String> same, Map<String, JsonNode> old) {
    List<Different> found = new ArrayList<>();
    each(
        after,
        vm -> {
          String ref = vm.ref().toString();
          JsonNode was = old.remove(ref);
          if (was == null && !same.contains(ref)) {
            found.add(new Different(ref, vm.name(), "added", List.of()));
          } else if (was != null) {
            List<VmDifferences.Change> changes =
                VmDifferences.between(was, VmDifferences.tree(vm), all);
            if (!changes.isEmpty()) {
              found.add(new Different(ref, vm.name(), "changed", changes));
            }
          }
        });
    old.forEach(
        (ref, was) ->
            found.add(
                new Different(
                    ref, was.path("identity").path("name").asString(""), "removed", List.of())));
    return found;
  }

  private static void each(Path file, Consumer<SourceVm> what) {
    try (InventoryReader reader = InventoryReader.open(file);
        Stream<SourceVm> vms = reader.vms()) {
      vms.forEach(what);
    }
  }

  private void print(List<Different> found) {
    Table table =
        new Table(
            Table.Column.text("VM"),
            Table.Column.text("NAME"),
            Table.Column.text("CHANGE"),
            Table.Column.text("BEFORE"),
            Table.Column.text("AFTER"));
    for (Different each : found) {
      if (each.changes().isEmpty()) {
        table.row(each.vm(), each.name(), each.change(), "", "");
      }
      each.changes()
          .forEach(c -> table.row(each.vm(), each.name(), c.path(), c.before(), c.after()));
    }
    if (!table.isEmpty()) {
      table.print(session.terminal());
    }
    session.terminal().out().println(Figures.count(found.size(), "VM") + " differ");
  }
}
