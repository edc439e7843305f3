package dev.drover.batch.cli;

import dev.drover.batch.cli.terminal.Figures;
import dev.drover.batch.cli.terminal.Style;
import dev.drover.batch.cli.terminal.Table;
import dev.drover.batch.cli.terminal.Terminal;
import dev.drover.mappings.model.Finding;
import dev.drover.mappings.model.PowerState;
import dev.drover.mappings.model.SourceVm;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Sums over the VMs of an inventory, and how many of them have which finding. */
final class InventorySums {
  private final Map<PowerState, Long> power = new EnumMap<>(PowerState.class);
  private final Map<String, Kind> kinds = new HashMap<>();
  private long vms;
  private long withFindings;
  private long cpus;
  private double memoryGib;
  private long disks;
  private double diskTib;

  /** A kind of finding: what the first VM with it was told, and how many have it. */
  private static final class Kind {
    private final Finding first;
    private long vms;

    Kind(Finding first) {
      this.first = first;
    }
  }

  void add(SourceVm vm) {
    vms++;
    power.merge(vm.power(), 1L, Long::sum);
    cpus += vm.cpu().count();
    memoryGib += vm.memory().size().bytes() / (double) (1L << 30);
    disks += vm.disks().size();
    vm.disks().forEach(d -> diskTib += d.size().bytes() / (double) (1L << 40));
    withFindings += vm.findings().isEmpty() ? 0 : 1;
    Set<String> seen = new HashSet<>();
    for (Finding finding : vm.findings()) {
      String key = finding.code() + " " + finding.severity();
      if (seen.add(key)) {
        kinds.computeIfAbsent(key, k -> new Kind(finding)).vms++;
      }
    }
  }

  long vms() {
    return vms;
  }

  long withFindings() {
    return withFindings;
  }

  void print(Terminal terminal) {
    terminal
        .out()
        .println(Figures.count(vms, "VM") + ", too many for a table; -o FILE has them all");
    terminal
        .out()
        .printf(
            java.util.Locale.ROOT,
            "  on %d, off %d, suspended %d, unknown %d%n",
            power.getOrDefault(PowerState.ON, 0L),
            power.getOrDefault(PowerState.OFF, 0L),
            power.getOrDefault(PowerState.SUSPENDED, 0L),
            power.getOrDefault(PowerState.UNKNOWN, 0L));
    terminal
        .out()
        .printf(
            java.util.Locale.ROOT,
            "  %d CPUs, %.0f GiB of memory, %d disks with %.1f TiB%n",
            cpus,
            memoryGib,
            disks,
            diskTib);
    terminal.out().println("  " + withFindings + " with findings");
    if (!kinds.isEmpty()) {
      terminal.out().println();
      table().print(terminal);
    }
  }

  private Table table() {
    Table table =
        new Table(
            Table.Column.whole("CODE"),
            Table.Column.whole("SEVERITY"),
            Table.Column.figure("VMS"),
            Table.Column.text("FOR EXAMPLE"));
    kinds.values().stream()
        .sorted(
            Comparator.<Kind, Finding.Severity>comparing(k -> k.first.severity())
                .thenComparing(k -> k.first.code()))
        .forEach(
            k ->
                table.row(
                    k.first.code(),
                    new Table.Cell(
                        k.first.severity().name().toLowerCase(java.util.Locale.ROOT),
                        k.first.severity() == Finding.Severity.BLOCKER ? Style.RED : null),
                    k.vms,
                    k.first.what()));
    return table;
  }
}
