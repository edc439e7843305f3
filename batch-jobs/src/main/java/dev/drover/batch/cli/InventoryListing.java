package dev.drover.batch.cli;

import dev.drover.batch.cli.terminal.DisplayWidth;
import dev.drover.batch.cli.terminal.Figures;
import dev.drover.batch.cli.terminal.SafeText;
import dev.drover.batch.cli.terminal.Style;
import dev.drover.batch.cli.terminal.Table;
import dev.drover.importers.api.Discovery;
import dev.drover.mappings.model.Finding;
import dev.drover.mappings.model.Finding.Severity;
import dev.drover.mappings.model.Guest;
import dev.drover.mappings.model.SourceVm;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What an inventory found, as a table; of more VMs than anybody reads on a terminal only the sums.
 * It keeps a row of text for each of the first VMs, not the VM.
 */
final class InventoryListing {
  /** More VMs than these are not explained one by one; the file has it all. */
  private static final int MOST_EXPLAINED = 20;

  /** More VMs than these are summed up and not listed. */
  private static final int MOST_LISTED = 200;

  /** More places that could not be read than these are counted. */
  private static final int MOST_UNREADABLE = 100;

  /** vSphere's own limit; in a pipe a table is as wide as its longest cell. */
  private static final int LONGEST_NAME = 80;

  private final Session session;
  private final InventorySums sums = new InventorySums();
  private final Table table =
      new Table(
          Table.Column.text("NAME"),
          Table.Column.figure("CPU"),
          Table.Column.figure("MEMORY"),
          Table.Column.figure("DISKS"),
          Table.Column.figure("SIZE"),
          Table.Column.text("OS"),
          Table.Column.text("FINDINGS"));
  private final Map<String, List<Finding>> explained = new TreeMap<>();
  private final List<Discovery.Unreadable> unreadable = new ArrayList<>();
  private final List<Discovery.Noticed> notices = new ArrayList<>();
  private int allUnreadable;

  InventoryListing(Session session) {
    this.session = session;
  }

  void add(Discovery each) {
    if (each instanceof Discovery.Found found) {
      add(found.vm());
    } else if (each instanceof Discovery.Unreadable problem) {
      allUnreadable++;
      if (unreadable.size() < MOST_UNREADABLE) {
        unreadable.add(problem);
      }
    } else if (each instanceof Discovery.Noticed notice) {
      notices.add(notice);
    }
  }

  private void add(SourceVm vm) {
    sums.add(vm);
    if (sums.vms() <= MOST_LISTED) {
      table.row(
          shown(vm.name()),
          vm.cpu().count(),
          vm.memory().size(),
          vm.disks().size(),
          vm.totalDiskSize(),
          shown(osOf(vm.guest())),
          findings(vm.findings()));
    }
    if (!vm.findings().isEmpty() && explained.size() < MOST_EXPLAINED) {
      explained.put(shown(vm.name()) + " (" + shown(vm.ref().toString()) + ")", vm.findings());
    }
  }

  private String shown(String text) {
    return DisplayWidth.fit(SafeText.line(text), LONGEST_NAME, session.terminal().ellipsis());
  }

  long vms() {
    return sums.vms();
  }

  int unreadable() {
    return allUnreadable;
  }

  private static String osOf(Guest guest) {
    for (String name :
        new String[] {guest.reportedOs(), guest.configuredOsName(), guest.configuredOs()}) {
      if (name != null && !name.isBlank()) {
        return name;
      }
    }
    return "unknown";
  }

  /** {@code 1 blocker, 2 warnings}. */
  static Table.Cell findings(List<Finding> findings) {
    Map<Severity, Long> counts =
        findings.stream()
            .collect(Collectors.groupingBy(Finding::severity, TreeMap::new, Collectors.counting()));
    String text =
        counts.entrySet().stream()
            .map(
                e ->
                    e.getKey() == Severity.INFO
                        ? e.getValue() + " info"
                        : Figures.count(
                            e.getValue(), e.getKey().name().toLowerCase(java.util.Locale.ROOT)))
            .collect(Collectors.joining(", "));
    return new Table.Cell(
        text.isEmpty() ? "none" : text,
        counts.containsKey(Severity.BLOCKER)
            ? Style.RED
            : counts.containsKey(Severity.WARNING) ? Style.YELLOW : null);
  }

  void print() {
    if (table.isEmpty()) {
      session.terminal().out().println("no VMs");
    }
    if (sums.vms() > MOST_LISTED) {
      sums.print(session.terminal());
      printProblems();
      return;
    }
    table.print(session.terminal());
    FailureText text = new FailureText(session);
    explained.forEach(
        (vm, findings) -> {
          session.terminal().out().println();
          session.terminal().out().println(SafeText.line(vm) + ":");
          text.findings(findings);
        });
    if (sums.withFindings() > explained.size()) {
      session
          .terminal()
          .out()
          .println(
              "\n"
                  + (sums.withFindings() - explained.size())
                  + " more VMs have findings; -o json has all");
    }
    printProblems();
  }

  /** What was not understood, and what is to be known of the source; on standard error. */
  void printProblems() {
    FailureText text = new FailureText(session);
    unreadable.forEach(e -> text.problem(at(e.place(), e.problem()), e.problem().remedy()));
    if (allUnreadable > unreadable.size()) {
      text.problem(
          (allUnreadable - unreadable.size()) + " more places could not be understood",
          "-o FILE has all of them");
    }
    notices.forEach(e -> text.warning(at(e.place(), e.finding()), e.finding().remedy()));
  }

  private static String at(String place, Finding problem) {
    return place
        + ": "
        + problem.what()
        + (problem.evidence().isEmpty() ? "" : " (" + problem.evidence() + ")");
  }
}
